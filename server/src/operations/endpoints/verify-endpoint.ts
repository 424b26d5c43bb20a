import { z } from 'zod';
import { verifyEndpoint } from '../../endpoints/verify';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { shortText } from '../../schemas/common';
import { endpointOut } from '../../schemas/endpoint';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const verifyEndpointOperation = defineOperation({
  id: 'verifyEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/verify',
  tag: 'Endpoints',
  summary: 'Challenge a pending URL again, or prove it by hand',
  description:
    'A receiver behind a gateway that cannot echo reads `challenge` in the request that was sent to its URL, and its owner sends it here. Otherwise the URL is challenged again at once, also after its 24 h are over; `verification` says what it answered. An endpoint that is not pending stays as it is.',
  access: 'manage',
  outgoing: true,
  params: endpointParams,
  body: z
    .strictObject({
      challenge: shortText(200).optional().meta({ description: 'The text that the URL was sent' }),
    })
    .meta({ id: 'VerificationRequest', description: 'Proves the URL by hand, or nothing' }),
  bodyOptional: true,
  bodyExamples: { again: {}, byHand: { challenge: 'chal_only-an-example' } },
  responses: {
    '200': {
      description: 'The endpoint as it is now',
      schema: endpointOut,
      examples: { example: endpointExample },
    },
  },
  problems: ['not_found', 'wrong_challenge'],
  async handle({ params, body, caller }, context) {
    const endpoint = await requireEndpoint(context, params.id, caller);
    await verifyEndpoint(context, endpoint, body.challenge);
    return {
      status: 200,
      json: presentEndpoint(await requireEndpoint(context, endpoint.id, caller)),
    };
  },
});
