import { z } from 'zod';
import { defineOperation } from '../../operation';
import { testEndpoint } from '../../endpoints/test';
import { testFields, testRequest, webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { whyTestFailed } from '../webhooks/why-not';

export const testWebhookOperation = defineOperation({
  id: 'pathfinderTestWebhook',
  method: 'post',
  path: '/api/webhooks/{id}/test',
  tag: 'Webhooks',
  summary: 'Send the example of an event, once, and see the answer',
  description: 'The attempt is made at once; that the receiver failed is no failure of this call.',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: testRequest,
  bodyOptional: true,
  bodyExamples: { example: { event_type: 'resume.generated' } },
  responses: {
    '200': {
      description: 'What came of it',
      schema: z
        .object({
          success: testFields.delivered,
          error: z.string().optional().meta({ description: 'Why it did not' }),
          data: z
            .object({
              test: z
                .object({
                  delivery_id: testFields.deliveryId,
                  event_type: testFields.type,
                  status_code: testFields.statusCode,
                  duration_ms: z
                    .number()
                    .int()
                    .meta({ description: 'How long it took, in milliseconds' }),
                })
                .meta({ id: 'Test', description: 'The test that was sent' }),
            })
            .meta({ id: 'TestData', description: 'The test' }),
        })
        .meta({ id: 'TestAnswer', description: 'What came of a test' }),
      examples: {
        example: {
          success: true,
          data: {
            test: {
              delivery_id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
              event_type: 'resume.generated',
              status_code: 200,
              duration_ms: 87,
            },
          },
        },
      },
    },
  },
  problems: ['not_found', 'unknown_event_type'],
  async handle({ params, body, caller }, context) {
    const webhook = await requireWebhook(context, params.id, caller);
    const sent = await testEndpoint(context, webhook, body.event_type);
    const error = whyTestFailed(sent);
    return {
      status: 200,
      json: {
        success: sent.delivered,
        ...(error !== null && { error }),
        data: {
          test: {
            delivery_id: sent.deliveryId,
            event_type: sent.type,
            status_code: sent.statusCode,
            duration_ms: sent.durationMs,
          },
        },
      },
    };
  },
});
