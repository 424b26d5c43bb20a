import { z } from 'zod';
import { defineOperation } from '../../operation';
import { testEndpoint } from '../../endpoints/test';
import { testFields, testRequest, webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { whyTestFailed } from '../webhooks/why-not';

export const testWebhookOperation = defineOperation({
  id: 'resumebuilderTestWebhook',
  method: 'post',
  path: '/api/v1/webhooks/{id}/test',
  tag: 'Webhooks',
  summary: 'Send the example of an event, once, and see the answer',
  description: 'The attempt is made at once; that the receiver failed is no failure of this call.',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: testRequest,
  bodyOptional: true,
  bodyExamples: { example: { event_type: 'resume.created' } },
  responses: {
    '200': {
      description: 'What came of it',
      schema: z
        .object({
          id: testFields.deliveryId,
          event_type: testFields.type,
          delivered: testFields.delivered,
          response_status: testFields.statusCode,
          error: testFields.error,
        })
        .meta({ id: 'TestAnswer', description: 'What came of a test' }),
      examples: {
        example: {
          id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
          event_type: 'resume.created',
          delivered: true,
          response_status: 200,
          error: null,
        },
      },
    },
  },
  problems: ['not_found', 'unknown_event_type'],
  async handle({ params, body, caller }, context) {
    const webhook = await requireWebhook(context, params.id, caller);
    const sent = await testEndpoint(context, webhook, body.event_type);
    return {
      status: 200,
      json: {
        id: sent.deliveryId,
        event_type: sent.type,
        delivered: sent.delivered,
        response_status: sent.statusCode,
        error: whyTestFailed(sent),
      },
    };
  },
});
