import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { presentWebhook, webhookExample, webhookOut } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'pathfinderListWebhooks',
  method: 'get',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  description: 'All of the caller’s, newest first, without their secrets.',
  access: 'manage',
  responses: {
    '200': {
      description: 'All webhooks',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          data: z
            .object({ webhooks: z.array(webhookOut).meta({ description: 'The webhooks' }) })
            .meta({ id: 'WebhookListData', description: 'The webhooks' }),
        })
        .meta({ id: 'WebhookListAnswer', description: 'All webhooks' }),
      examples: { example: { success: true, data: { webhooks: [webhookExample] } } },
    },
  },
  async handle({ caller }, context) {
    const webhooks = await listWebhooks(context, caller);
    return {
      status: 200,
      json: {
        success: true,
        data: { webhooks: webhooks.map((webhook) => presentWebhook(webhook)) },
      },
    };
  },
});
