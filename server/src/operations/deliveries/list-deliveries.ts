import { listDeliveries } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
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
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    endpoint: shortText(64).optional(),
    event: producerId.optional(),
    status: deliveryStatus.optional(),
    type: eventTypeName.optional(),
    since: time.optional(),
    until: time.optional(),
  }),
  responses: { '200': { description: 'A page of deliveries', schema: page(deliveryOut) } },
  async handle({ query, caller }, { store }) {
    const { limit, cursor, ...filter } = query;
    const listed = await listDeliveries(store, scopeOf(caller), filter, { limit, cursor });
    return { status: 200, json: presentList(listed, presentDelivery) };
  },
});
