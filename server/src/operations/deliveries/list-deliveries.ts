import { listDeliveries } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { deliveryExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentDelivery } from '../../present/present-delivery';
import { presentList } from '../../present/present-list';
import { eventTypeName, page, pageQuery, producerId, shortText, time } from '../../schemas/common';
import { deliveryOut, deliveryStatus } from '../../schemas/delivery';

export const listDeliveriesOperation = defineOperation({
  id: 'listDeliveries',
  method: 'get',
  path: '/v1/deliveries',
  tag: 'Deliveries',
  summary: 'List deliveries, newest first',
  description: 'Those that the token may see, tests included.',
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    endpoint: shortText(64)
      .optional()
      .meta({ description: 'Only deliveries to this endpoint, by its id' }),
    event: producerId.optional().meta({ description: 'Only deliveries of this event, by its id' }),
    status: deliveryStatus.optional().meta({ description: 'Only deliveries with this status' }),
    type: eventTypeName.optional().meta({ description: 'Only deliveries of events of this type' }),
    since: time.optional().meta({ description: 'Created then or later' }),
    until: time.optional().meta({ description: 'Created before then' }),
  }),
  responses: {
    '200': {
      description: 'A page of deliveries',
      schema: page('DeliveryPage', deliveryOut),
      examples: { example: { data: [deliveryExample], next_cursor: null } },
    },
  },
  async handle({ query, caller }, { store }) {
    const { limit, cursor, ...filter } = query;
    const listed = await listDeliveries(store, scopeOf(caller), filter, { limit, cursor });
    return { status: 200, json: presentList(listed, presentDelivery) };
  },
});
