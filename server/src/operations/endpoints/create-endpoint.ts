import { destinationOf } from '@careerhooks/destinations';
import { saveEndpoint } from '@careerhooks/store';
import { generateChallenge } from '@careerhooks/systems';
import { scopeOf, systemFor, userFor } from '../../access/caller';
import { endpointWithKeysExample, newEndpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint, presentKeys } from '../../present/present-endpoint';
import { endpointWithKeysOut, newEndpoint } from '../../schemas/endpoint';
import { requirePossibleUser } from '../require-possible-user';
import { requireSystem } from '../require-system';
import { checkSettings } from './check-settings';
import { chooseKeys } from './choose-keys';
import { requireEndpoint } from './require-endpoint';

export const createEndpointOperation = defineOperation({
  id: 'createEndpoint',
  method: 'post',
  path: '/v1/endpoints',
  tag: 'Endpoints',
  summary: 'Register an endpoint',
  description:
    'Registering the same URL or the same `identity` again, for the same owner, updates the endpoint and answers 200: it never makes two. With an `identity` it may move to another URL, and takes along what it holds; one that is `detached` goes on. For another user, or for all, it is another endpoint, which takes over what a detached one of that identity holds and it may get. Scheme and host in any case, a default port and a fragment make no difference; `url` is shown as it was given last. Its URL is challenged at once: a POST of `{"type": "webhook.verify", "challenge": "…"}` that it answers with `{"challenge": "…"}` or the bare text, which may be a JSON string. Until it does, the endpoint is `pending`, its deliveries are held, and the challenge is repeated for 24 h; `verification` says what it answered.',
  access: 'manage',
  outgoing: true,
  body: newEndpoint,
  bodyExamples: { example: newEndpointExample },
  responses: {
    '200': {
      description: 'It was there before, and is as the request says now',
      schema: endpointWithKeysOut,
      examples: { example: endpointWithKeysExample },
    },
    '201': {
      description: 'Registered',
      schema: endpointWithKeysOut,
      examples: { example: endpointWithKeysExample },
    },
  },
  problems: ['unknown_system', 'unknown_event_type', 'url_taken', 'invalid_url', 'private_address'],
  async handle({ body, caller }, context) {
    const system = requireSystem(systemFor(caller, body.system));
    const user = userFor(caller, body.user) ?? null;
    requirePossibleUser(system, user);
    const destination = destinationOf(body.url);
    const wanted = body.verify !== false || system.challengesByDefault;
    const verify = wanted && destination.challenges !== undefined;
    const saved = await saveEndpoint(context.store, {
      ...checkSettings(context, system, body),
      events: body.events,
      system: system.key,
      user,
      url: body.url,
      dropsSettingsOf: (url) => destinationOf(url) !== destination,
      identity: body.identity,
      visibleUser: scopeOf(caller).user,
      registeredBy: body.registered_by,
      registeredKey: caller.kind === 'key' ? caller.key.id : undefined,
      lifetimeMs: body.lifetime_seconds && body.lifetime_seconds * 1000,
      ...(verify && { challenge: generateChallenge() }),
      chooseKeys: (current) => chooseKeys(system, body, current),
    });
    if (saved.endpoint.status === 'pending') await context.engine.challenge(saved.endpoint.id);
    context.engine.wake();
    const endpoint = await requireEndpoint(context, saved.endpoint.id, caller);
    return {
      status: saved.created ? 201 : 200,
      json: { ...presentEndpoint(endpoint), ...presentKeys(saved.keys) },
    };
  },
});
