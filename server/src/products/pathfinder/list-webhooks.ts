import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { presentWebhook, webhookOut } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'pathfinderListWebhooks',
  method: 'get',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  access: 'manage',
  responses: {
    '200': {
      description: 'All webhooks',
      schema: z.object({
        success: z.literal(true),
        data: z.object({ webhooks: z.array(webhookOut) }),
      }),
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
