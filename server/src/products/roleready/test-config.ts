import { z } from 'zod';
import { defineOperation } from '../../operation';
import { testEndpoint } from '../../endpoints/test';
import { testFields } from '../webhooks/fields';
import { whyTestFailed } from '../webhooks/why-not';
import { requireConfig } from './require-config';

const deliveryId = z.uuid().meta({ description: 'Id of the delivery' });

const sentOut = z
  .object({
    success: z.literal(true).meta({ description: 'Always true' }),
    message: z.string().meta({ description: 'The same for people' }),
    statusCode: z.number().int().meta({ description: 'HTTP status of the answer' }),
    deliveryId,
  })
  .meta({ id: 'TestSent', description: 'A test that the receiver took' });

const notSentOut = z
  .object({
    success: z.literal(false).meta({ description: 'Always false' }),
    error: z.string().meta({ description: 'That it was not taken' }),
    details: z.string().meta({ description: 'Why' }),
    statusCode: testFields.statusCode,
    deliveryId,
  })
  .meta({ id: 'TestFailed', description: 'A test that the receiver did not take' });

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
      schema: z
        .union([sentOut, notSentOut])
        .meta({ id: 'TestAnswer', description: 'What came of a test' }),
      examples: {
        sent: {
          success: true,
          message: 'Test webhook sent successfully',
          statusCode: 200,
          deliveryId: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
        },
        failed: {
          success: false,
          error: 'Failed to deliver test webhook',
          details: 'The receiver answered HTTP 500.',
          statusCode: 500,
          deliveryId: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
        },
      },
    },
  },
  problems: ['not_found'],
  async handle({ caller }, context) {
    const sent = await testEndpoint(context, await requireConfig(context, caller));
    const { delivered, statusCode } = sent;
    const answered = { statusCode, deliveryId: sent.deliveryId };
    return {
      status: 200,
      json: delivered
        ? { success: true, message: 'Test webhook sent successfully', ...answered }
        : {
            success: false,
            error: 'Failed to deliver test webhook',
            details: whyTestFailed(sent),
            ...answered,
          },
    };
  },
});
