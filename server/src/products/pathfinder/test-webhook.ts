import { z } from 'zod';
import { defineOperation } from '../../operation';
import { sendTest } from '../../operations/endpoints/send-test';
import { eventTypeName } from '../../schemas/common';
import { webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { testResult } from '../webhooks/test-result';

export const testWebhookOperation = defineOperation({
  id: 'pathfinderTestWebhook',
  method: 'post',
  path: '/api/webhooks/{id}/test',
  tag: 'Webhooks',
  summary: 'Send the example of an event, once, and see the answer',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: z.object({
    event_type: eventTypeName
      .optional()
      .meta({ description: 'Else the first type that the webhook gets' }),
  }),
  bodyOptional: true,
  responses: {
    '200': {
      description: 'What came of it',
      schema: z.object({
        success: z.boolean().meta({ description: 'Whether the receiver took it' }),
        error: z.string().optional(),
        data: z.object({
          test: z.object({
            delivery_id: z.string(),
            event_type: z.string(),
            status_code: z.number().int().nullable(),
            duration_ms: z.number().int(),
          }),
        }),
      }),
    },
  },
  problems: ['not_found', 'unknown_event_type'],
  async handle({ params, body, caller }, context) {
    const webhook = await requireWebhook(context, params.id, caller);
    const sent = await sendTest(context, webhook, body.event_type);
    const { delivered, error, statusCode, durationMs } = testResult(sent);
    return {
      status: 200,
      json: {
        success: delivered,
        ...(error !== null && { error }),
        data: {
          test: {
            delivery_id: sent.deliveryId,
            event_type: sent.type,
            status_code: statusCode,
            duration_ms: durationMs,
          },
        },
      },
    };
  },
});
