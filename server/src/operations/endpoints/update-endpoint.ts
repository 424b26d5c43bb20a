import { destinationOf } from '@careerhooks/destinations';
import { updateEndpoint, urlKey } from '@careerhooks/store';
import { generateChallenge, generateKeys } from '@careerhooks/systems';
import { endpointExample, endpointPatchExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { Problem } from '../../problems/problem';
import { endpointOut, endpointPatch } from '../../schemas/endpoint';
import { requireSystem } from '../require-system';
import { checkSettings } from './check-settings';
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
    const system = requireSystem(before.system);
    const moved = body.url !== undefined && urlKey(body.url) !== urlKey(before.url);
    const wanted = before.challengeSealed !== null || system.challengesByDefault;
    const challenged = moved && wanted && destinationOf(before.url).challenges !== undefined;
    const updated = await updateEndpoint(context.store, before.id, {
      ...checkSettings(context, system, body, before),
      url: body.url,
      ...(challenged && { challenge: generateChallenge() }),
      ...(body.secret !== undefined && { keys: generateKeys(system, body.secret) }),
    });
    if (updated === 'url_taken') {
      throw new Problem('url_taken', 'Change or delete the other endpoint, or choose another URL.');
    }
    if (updated === undefined) throw new Problem('not_found', `There is no endpoint ${params.id}.`);
    if (challenged) await context.engine.challenge(before.id);
    context.engine.wake();
    return {
      status: 200,
      json: presentEndpoint(await requireEndpoint(context, before.id, caller)),
    };
  },
});
