import { z } from 'zod';
import { testEndpoint } from '../../endpoints/test';
import { testResultExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { eventTypeName } from '../../schemas/common';
import { testOut } from '../../schemas/delivery';
import { endpointParams, requireEndpoint } from './require-endpoint';

export const testEndpointOperation = defineOperation({
  id: 'testEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/test',
  tag: 'Endpoints',
  summary: 'Send the example of an event type, once, and see the answer',
  description:
    'The example of the catalogue goes out at once, outside of every schedule and limit of the endpoint; it is made once, and is in the log with `test: true`.',
  access: 'manage',
  outgoing: true,
  params: endpointParams,
  body: z
    .strictObject({
      type: eventTypeName
        .optional()
        .meta({ description: 'Else the first type that the endpoint gets' }),
    })
    .meta({ id: 'TestRequest', description: 'What to test the endpoint with' }),
  bodyOptional: true,
  bodyExamples: { example: { type: 'resume.parsed' } },
  responses: {
    '200': {
      description: 'What the receiver answered',
      schema: testOut,
      examples: { example: testResultExample },
    },
  },
  problems: ['not_found', 'unknown_event_type', 'endpoint_not_active'],
  async handle({ params, body, caller }, context) {
    const endpoint = await requireEndpoint(context, params.id, caller);
    const sent = await testEndpoint(context, endpoint, body.type);
    return {
      status: 200,
      json: {
        delivery_id: sent.deliveryId,
        event_id: sent.eventId,
        type: sent.type,
        delivered: sent.delivered,
        status_code: sent.statusCode,
        error_code: sent.errorCode,
        error_message: sent.errorMessage,
        duration_ms: sent.durationMs,
        answer_excerpt: sent.answerExcerpt,
      },
    };
  },
});
