import { z } from 'zod';
import { defineOperation } from '../../operation';
import { sendTest } from '../../operations/endpoints/send-test';
import { eventTypeName } from '../../schemas/common';
import { webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { testResult } from '../webhooks/test-result';

export const testWebhookOperation = defineOperation({
  id: 'resumebuilderTestWebhook',
  method: 'post',
  path: '/api/v1/webhooks/{id}/test',
  tag: 'Webhooks',
  summary: 'Send the example of an event, once, and see the answer',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: z.object({ event_type: eventTypeName.optional() }),
  bodyOptional: true,
  responses: {
    '200': {
      description: 'What came of it',
      schema: z.object({
        id: z.string(),
        event_type: z.string(),
        delivered: z.boolean(),
        response_status: z.number().int().nullable(),
        error: z.string().nullable(),
      }),
    },
  },
  problems: ['not_found', 'unknown_event_type'],
  async handle({ params, body, caller }, context) {
    const webhook = await requireWebhook(context, params.id, caller);
    const sent = await sendTest(context, webhook, body.event_type);
    const { delivered, statusCode, error } = testResult(sent);
    return {
      status: 200,
      json: {
        id: sent.deliveryId,
        event_type: sent.type,
        delivered,
        response_status: statusCode,
        error,
      },
    };
  },
});
