import { setEndpointStatus } from '@careerhooks/store';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { Problem } from '../../problems/problem';
import { endpointOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const resumeEndpointOperation = defineOperation({
  id: 'resumeEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/resume',
  tag: 'Endpoints',
  summary: 'Deliver again, what was held first',
  description:
    'Also enables an endpoint that was disabled because its receiver answered 410, keeps one that was detached (which is pending again where its URL has not answered the challenge), and lets go what is held because it was failing.',
  access: 'manage',
  params: endpointParams,
  responses: {
    '200': { description: 'Active', schema: endpointOut, examples: { example: endpointExample } },
  },
  problems: ['not_found', 'endpoint_not_active'],
  async handle({ params, caller }, context) {
    const { id } = await requireEndpoint(context, params.id, caller);
    const active = await setEndpointStatus(context.store, id, {
      to: 'active',
      from: ['active', 'paused', 'disabled', 'detached'],
    });
    if (active === undefined) {
      throw new Problem(
        'endpoint_not_active',
        'The endpoint is pending: its URL has to answer the challenge.',
      );
    }
    context.engine.wake();
    return { status: 200, json: presentEndpoint(await requireEndpoint(context, id, caller)) };
  },
});
