import { type Endpoint, getEndpoint, replayDeliveries } from '@careerhooks/store';
import { z } from 'zod';
import { type Caller, scopeOf } from '../../access/caller';
import type { ServerContext } from '../../context';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { shortText, time } from '../../schemas/common';
import { finishedStatus } from '../../schemas/delivery';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const replayEndpointOperation = defineOperation({
  id: 'replayEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/replay',
  tag: 'Endpoints',
  summary: 'Send finished deliveries again',
  description:
    'By default all that failed or expired. With `from`, those of another endpoint of the same system, also of one that was deleted (with `"status": ["cancelled"]`, what it had not got): this one takes them over. Each goes out with the same ids and body, a whole new schedule and another 24 h.',
  access: 'manage',
  outgoing: true,
  params: endpointParams,
  body: z
    .strictObject({
      status: z
        .array(finishedStatus)
        .min(1)
        .default(['failed', 'expired'])
        .meta({ description: 'Deliveries with one of these statuses' }),
      from: shortText(64).optional().meta({
        description: 'Id of the endpoint whose deliveries these are, if it is another one',
      }),
      since: time.optional().meta({ description: 'By when the delivery was created, inclusive' }),
      until: time.optional().meta({ description: 'Exclusive' }),
    })
    .meta({ id: 'ReplayRequest', description: 'Which deliveries go out again' }),
  bodyOptional: true,
  bodyExamples: { example: { status: ['failed'], since: '2026-11-24T00:00:00Z' } },
  responses: {
    '202': {
      description: 'How many go out again',
      schema: z
        .object({ replayed: z.number().int().meta({ description: 'How many deliveries' }) })
        .meta({ id: 'Replay', description: 'Deliveries that go out again' }),
      examples: { example: { replayed: 12 } },
    },
  },
  problems: ['not_found', 'endpoint_not_active'],
  async handle({ params, body, caller }, context) {
    const endpoint = await requireEndpoint(context, params.id, caller);
    if (endpoint.status === 'disabled') {
      throw new Problem('endpoint_not_active', 'The endpoint is disabled: POST …/resume first.');
    }
    const from =
      body.from === undefined
        ? undefined
        : await requireSource(context, body.from, endpoint, caller);
    const replayed = await replayDeliveries(context.store, {
      endpointId: endpoint.id,
      from,
      statuses: body.status,
      since: body.since ?? 0,
      until: body.until ?? Date.now() + 1,
    });
    context.engine.wake();
    return { status: 202, json: { replayed } };
  },
});

/** The endpoint to take deliveries over from, if the caller may see it and it is of the same system. */
async function requireSource(
  context: ServerContext,
  id: string,
  to: Endpoint,
  caller: Caller,
): Promise<string | undefined> {
  if (id === to.id) return undefined;
  const { store } = context;
  const source = await getEndpoint(store, id, scopeOf(caller), 'deleted');
  if (source === undefined || source.system !== to.system) {
    throw new Problem('not_found', `There is no endpoint ${id} of ${to.system}.`);
  }
  return source.id;
}
