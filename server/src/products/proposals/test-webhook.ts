import { z } from 'zod';
import { defineOperation } from '../../operation';
import { testEndpoint } from '../../endpoints/test';
import { testFields, webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { whyTestFailed } from '../webhooks/why-not';

export const testWebhookOperation = defineOperation({
  id: 'proposalsTestWebhook',
  method: 'post',
  path: '/api/webhooks/{id}/test',
  tag: 'Webhooks',
  summary: 'Send a test event, once, and see the answer',
  description: 'The example of the first type that the webhook gets.',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  responses: {
    '200': {
      description: 'What came of it',
      schema: z
        .object({
          id: testFields.deliveryId,
          type: testFields.type,
          delivered: testFields.delivered,
          status_code: testFields.statusCode,
          error: testFields.error,
        })
        .meta({ id: 'TestAnswer', description: 'What came of a test' }),
      examples: {
        example: {
          id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
          type: 'proposal.created',
          delivered: true,
          status_code: 200,
          error: null,
        },
      },
    },
  },
  problems: ['not_found', 'endpoint_not_active'],
  async handle({ params, caller }, context) {
    const webhook = await requireWebhook(context, params.id, caller);
    const sent = await testEndpoint(context, webhook);
    return {
      status: 200,
      json: {
        id: sent.deliveryId,
        type: sent.type,
        delivered: sent.delivered,
        status_code: sent.statusCode,
        error: whyTestFailed(sent),
      },
    };
  },
});
