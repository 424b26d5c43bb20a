import { detachEndpoint } from '@careerhooks/store';
import { z } from 'zod';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { endpointOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

/** How long what comes is held where its owner does not say, in seconds. */
const DEFAULT_HOLD_SECONDS = 900;

export const detachEndpointOperation = defineOperation({
  id: 'detachEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/detach',
  tag: 'Endpoints',
  summary: 'Take an endpoint back for a while',
  description:
    'For receivers that go and come back, as a workflow that is published again: what comes and what waits is held for `hold_seconds`. Registering its `identity` (or its URL) again before that goes on where it was, with the new settings; so does `/resume`. Otherwise it is deleted then, with what it holds. A disabled endpoint holds nothing.',
  access: 'manage',
  params: endpointParams,
  body: z
    .strictObject({
      hold_seconds: z
        .number()
        .int()
        .min(1)
        .max(86_400)
        .default(DEFAULT_HOLD_SECONDS)
        .meta({ description: 'How long it holds what comes before it is deleted' }),
    })
    .meta({ id: 'DetachRequest', description: 'How long to hold what comes' }),
  bodyOptional: true,
  bodyExamples: { example: { hold_seconds: 900 } },
  responses: {
    '200': {
      description: 'Detached',
      schema: endpointOut,
      examples: {
        example: {
          ...endpointExample,
          status: 'detached',
          ends_at: '2026-11-24T09:45:00.000Z',
        },
      },
    },
  },
  problems: ['not_found'],
  async handle({ params, body, caller }, context) {
    const { id } = await requireEndpoint(context, params.id, caller);
    await detachEndpoint(context.store, id, Date.now() + body.hold_seconds * 1000);
    return { status: 200, json: presentEndpoint(await requireEndpoint(context, id, caller)) };
  },
});
