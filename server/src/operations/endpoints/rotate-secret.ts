import { rotateSecret } from '../../endpoints/rotate';
import { rotationExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentKeys } from '../../present/present-endpoint';
import { isoTime } from '../../present/times';
import { rotation, rotationOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const rotateSecretOperation = defineOperation({
  id: 'rotateSecret',
  method: 'post',
  path: '/v1/endpoints/{id}/rotate-secret',
  tag: 'Endpoints',
  summary: 'Replace the secret, with an overlap',
  description:
    "During the overlap, `webhook-signature` carries one signature for each live secret. The system's own header knows one signature only: the new secret's, from now on.",
  access: 'manage',
  params: endpointParams,
  body: rotation,
  bodyOptional: true,
  bodyExamples: { example: { overlap_seconds: 3600 } },
  responses: {
    '200': {
      description: 'The new secret',
      schema: rotationOut,
      examples: { example: rotationExample },
    },
  },
  problems: ['not_found'],
  async handle({ params, body, caller }, context) {
    const endpoint = await requireEndpoint(context, params.id, caller);
    const overlapUntil = Date.now() + body.overlap_seconds * 1000;
    const keys = await rotateSecret(context, endpoint, { secret: body.secret, overlapUntil });
    return {
      status: 200,
      json: { ...presentKeys(keys), previous_expires_at: isoTime(overlapUntil) },
    };
  },
});
