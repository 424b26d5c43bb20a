import { replayDeliveries } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { time } from '../../schemas/common';
import { finishedStatus } from '../../schemas/delivery';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const replayEndpointOperation = defineOperation({
  id: 'replayEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/replay',
  tag: 'Endpoints',
  summary: 'Send finished deliveries again',
  description:
    'By default all that failed or expired. Each goes out with the same ids and body, a whole new schedule and another 24 h.',
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
    const replayed = await replayDeliveries(context.store, {
      endpointId: endpoint.id,
      statuses: body.status,
      since: body.since ?? 0,
      until: body.until ?? Date.now() + 1,
    });
    context.engine.wake();
    return { status: 202, json: { replayed } };
  },
});
