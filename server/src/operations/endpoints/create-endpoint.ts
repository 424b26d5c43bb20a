import { scopeOf, systemFor, userFor } from '../../access/caller';
import { registerEndpoint } from '../../endpoints/register';
import { endpointWithKeysExample, newEndpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint, presentKeys } from '../../present/present-endpoint';
import { endpointWithKeysOut, newEndpoint } from '../../schemas/endpoint';
import { readSettings } from './read-settings';

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
    const registered = await registerEndpoint(context, {
      ...readSettings(body, undefined),
      system: systemFor(caller, body.system),
      user: userFor(caller, body.user) ?? null,
      url: body.url,
      events: body.events,
      secret: body.secret,
      ed25519: body.ed25519,
      verify: body.verify !== false,
      identity: body.identity,
      visibleUser: scopeOf(caller).user,
      registeredBy: body.registered_by,
      registeredKey: caller.kind === 'key' ? caller.key.id : undefined,
      lifetimeMs: body.lifetime_seconds && body.lifetime_seconds * 1000,
    });
    return {
      status: registered.created ? 201 : 200,
      json: { ...presentEndpoint(registered.endpoint), ...presentKeys(registered.keys) },
    };
  },
});
