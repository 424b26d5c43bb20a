import { listEvents } from '@careerhooks/store';
import { encodeJson } from '@careerhooks/systems';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { eventExample } from '../../examples/event';
import { defineOperation } from '../../operation';
import { presentEvent } from '../../present/present-event';
import { presentList } from '../../present/present-list';
import { eventTypeName, page, pageQuery, time } from '../../schemas/common';
import { eventOut } from '../../schemas/event';

export const listEventsOperation = defineOperation({
  id: 'listEvents',
  method: 'get',
  path: '/v1/events',
  tag: 'Events',
  summary: 'List events, newest first',
  description: 'Those that the token may see, the products’ tests included.',
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    type: eventTypeName.optional().meta({ description: 'Only events of this type' }),
    since: time.optional().meta({ description: 'Accepted then or later' }),
    until: time.optional().meta({ description: 'Accepted before then' }),
  }),
  responses: {
    '200': {
      description: 'A page of events',
      schema: page('EventPage', eventOut),
      examples: { example: { data: [eventExample], next_cursor: null } },
    },
  },
  async handle({ query, caller }, { store }) {
    const { limit, cursor, ...filter } = query;
    const listed = await listEvents(store, scopeOf(caller), filter, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return {
      status: 200,
      text: encodeJson(presentList(listed, presentEvent)),
      type: 'application/json',
    };
  },
});
