import { changeEndpoint } from '../../endpoints/change';
import { endpointExample, endpointPatchExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { Problem } from '../../problems/problem';
import { endpointOut, endpointPatch } from '../../schemas/endpoint';
import { readSettings } from './read-settings';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const updateEndpointOperation = defineOperation({
  id: 'updateEndpoint',
  method: 'patch',
  path: '/v1/endpoints/{id}',
  tag: 'Endpoints',
  summary: 'Change an endpoint',
  description:
    'What is left out stays as it is; null takes back what may be null. A new `url` is challenged like a new endpoint, where the old one was. A new `secret` replaces the old one at once; `/rotate-secret` has an overlap.',
  access: 'manage',
  outgoing: true,
  params: endpointParams,
  body: endpointPatch,
  bodyExamples: { example: endpointPatchExample },
  responses: {
    '200': {
      description: 'The endpoint as it is now',
      schema: endpointOut,
      examples: { example: endpointExample },
    },
  },
  problems: ['not_found', 'url_taken', 'unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ params, body, caller }, context) {
    const before = await requireEndpoint(context, params.id, caller);
    const changed = await changeEndpoint(context, before, {
      ...readSettings(body, before.url),
      url: body.url,
      secret: body.secret,
    });
    if (changed === undefined) throw new Problem('not_found', `There is no endpoint ${params.id}.`);
    return { status: 200, json: presentEndpoint(changed.endpoint) };
  },
});
