import { z } from 'zod';
import { defineOperation } from '../../operation';
import { sendTest } from '../../operations/endpoints/send-test';
import { testResult } from '../webhooks/test-result';
import { requireConfig } from './require-config';

export const testConfigOperation = defineOperation({
  id: 'rolereadyTestConfig',
  method: 'post',
  path: '/api/webhooks/test',
  tag: 'Webhook configuration',
  summary: 'Send a test webhook',
  description:
    'The example of the first event that is enabled, once, within 10 s; also while the configuration is disabled. That the receiver failed is no failure of this call: its status is 200 either way.',
  access: 'manage',
  outgoing: true,
  responses: {
    '200': {
      description: 'Sent, or not',
      schema: z.union([
        z.object({
          success: z.literal(true),
          message: z.string(),
          statusCode: z.number().int(),
          deliveryId: z.uuid(),
        }),
        z.object({
          success: z.literal(false),
          error: z.string(),
          details: z.string(),
          statusCode: z.number().int().nullable(),
          deliveryId: z.uuid(),
        }),
      ]),
    },
  },
  problems: ['not_found'],
  async handle({ caller }, context) {
    const sent = await sendTest(context, await requireConfig(context, caller), undefined);
    const { delivered, statusCode, error } = testResult(sent);
    const { deliveryId } = sent;
    return {
      status: 200,
      json: delivered
        ? { success: true, message: 'Test webhook sent successfully', statusCode, deliveryId }
        : {
            success: false,
            error: 'Failed to deliver test webhook',
            details: error,
            statusCode,
            deliveryId,
          },
    };
  },
});
