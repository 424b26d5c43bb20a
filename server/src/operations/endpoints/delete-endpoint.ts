import { deleteEndpoint } from '@careerhooks/store';
import { z } from 'zod';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const deleteEndpointOperation = defineOperation({
  id: 'deleteEndpoint',
  method: 'delete',
  path: '/v1/endpoints/{id}',
  tag: 'Endpoints',
  summary: 'Delete an endpoint',
  description:
    'What it had not got yet is cancelled, and the answer says how much that is; the log of its deliveries stays. `/detach` holds it for a while instead. Once another endpoint has taken over (with its `identity`, or at its URL), `/v1/deliveries/{id}/retry` sends what was cancelled there, and so does `/replay` with `from`.',
  access: 'manage',
  params: endpointParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z
        .object({
          id: z.string().meta({ description: 'Id of the endpoint' }),
          deleted: z.literal(true).meta({ description: 'Always true' }),
          cancelled: z
            .number()
            .int()
            .meta({ description: 'How many deliveries it had not got yet' }),
        })
        .meta({ id: 'DeletedEndpoint', description: 'An endpoint that is no more' }),
      examples: { example: { id: endpointExample.id, deleted: true, cancelled: 2 } },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    const { id } = await requireEndpoint(context, params.id, caller);
    const cancelled = await deleteEndpoint(context.store, id);
    if (cancelled === undefined) {
      throw new Problem('not_found', `There is no endpoint ${id}.`);
    }
    return { status: 200, json: { id, deleted: true, cancelled } };
  },
});
