import { setEndpointStatus } from '@careerhooks/store';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { Problem } from '../../problems/problem';
import { endpointOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const pauseEndpointOperation = defineOperation({
  id: 'pauseEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/pause',
  tag: 'Endpoints',
  summary: 'Hold its deliveries until it is resumed',
  description: 'What is held expires 24 h after its event all the same.',
  access: 'manage',
  params: endpointParams,
  responses: {
    '200': {
      description: 'Paused',
      schema: endpointOut,
      examples: { example: { ...endpointExample, status: 'paused' } },
    },
  },
  problems: ['not_found', 'endpoint_not_active'],
  async handle({ params, caller }, context) {
    const { id, status } = await requireEndpoint(context, params.id, caller);
    const paused = await setEndpointStatus(context.store, id, {
      to: 'paused',
      from: ['active', 'paused'],
    });
    if (paused === undefined) {
      throw new Problem(
        'endpoint_not_active',
        `The endpoint is ${status}: it gets nothing anyway.`,
      );
    }
    return { status: 200, json: presentEndpoint(await requireEndpoint(context, id, caller)) };
  },
});
