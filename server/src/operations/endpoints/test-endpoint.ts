import { z } from 'zod';
import { testResultExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { eventTypeName } from '../../schemas/common';
import { testOut } from '../../schemas/delivery';
import { endpointParams, requireEndpoint } from './require-endpoint';
import { sendTest } from './send-test';

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
    const { deliveryId, type, delivery } = await sendTest(context, endpoint, body.type);
    const attempt = delivery?.attemptLog[0];
    return {
      status: 200,
      json: {
        delivery_id: deliveryId,
        event_id: delivery?.eventId,
        type,
        delivered: delivery?.status === 'delivered',
        status_code: attempt?.statusCode ?? null,
        error_code: attempt?.errorCode ?? null,
        error_message: attempt?.errorMessage ?? null,
        duration_ms: attempt?.durationMs ?? 0,
        answer_excerpt: attempt?.answerExcerpt ?? null,
      },
    };
  },
});
