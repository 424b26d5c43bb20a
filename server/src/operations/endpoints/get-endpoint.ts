import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { endpointOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const getEndpointOperation = defineOperation({
  id: 'getEndpoint',
  method: 'get',
  path: '/v1/endpoints/{id}',
  tag: 'Endpoints',
  summary: 'Get an endpoint',
  description: 'With how far the verification of its URL is, and since when it has been failing.',
  access: 'any',
  params: endpointParams,
  responses: {
    '200': {
      description: 'The endpoint, without its secrets',
      schema: endpointOut,
      examples: { example: endpointExample },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    return {
      status: 200,
      json: presentEndpoint(await requireEndpoint(context, params.id, caller)),
    };
  },
});
