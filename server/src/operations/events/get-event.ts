import { getEvent } from '@careerhooks/store';
import { encodeJson } from '@careerhooks/systems';
import { z } from 'zod';
import { scopeOf, userFor } from '../../access/caller';
import { eventExample } from '../../examples/event';
import { defineOperation } from '../../operation';
import { presentEvent } from '../../present/present-event';
import { Problem } from '../../problems/problem';
import { producerId, userId } from '../../schemas/common';
import { eventOut } from '../../schemas/event';

export const getEventOperation = defineOperation({
  id: 'getEvent',
  method: 'get',
  path: '/v1/events/{id}',
  tag: 'Events',
  summary: 'Get an event',
  description:
    'By its id: the one that its producer gave it, or the one in the answer to its publication.',
  access: 'any',
  params: z.object({ id: producerId.meta({ description: 'Id of the event' }) }),
  query: z.strictObject({
    user: userId.optional().meta({ description: 'Whose event, where two users have the same id' }),
  }),
  responses: {
    '200': { description: 'The event', schema: eventOut, examples: { example: eventExample } },
  },
  problems: ['not_found', 'forbidden'],
  async handle({ params, query, caller }, { store }) {
    const user = userFor(caller, query.user);
    const event = await getEvent(store, params.id, {
      ...scopeOf(caller),
      ...(user !== undefined && { user }),
    });
    if (event === undefined) throw new Problem('not_found', `There is no event ${params.id}.`);
    return { status: 200, text: encodeJson(presentEvent(event)), type: 'application/json' };
  },
});
