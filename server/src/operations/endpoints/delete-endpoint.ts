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
  description: 'What it had not got yet is cancelled; the log of its deliveries stays.',
  access: 'manage',
  params: endpointParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z
        .object({
          id: z.string().meta({ description: 'Id of the endpoint' }),
          deleted: z.literal(true).meta({ description: 'Always true' }),
        })
        .meta({ id: 'DeletedEndpoint', description: 'An endpoint that is no more' }),
      examples: { example: { id: endpointExample.id, deleted: true } },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    const { id } = await requireEndpoint(context, params.id, caller);
    if (!(await deleteEndpoint(context.store, id))) {
      throw new Problem('not_found', `There is no endpoint ${id}.`);
    }
    return { status: 200, json: { id, deleted: true } };
  },
});
