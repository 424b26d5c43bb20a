import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { presentWebhook, webhookExample, webhookOut } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'resumebuilderListWebhooks',
  method: 'get',
  path: '/api/v1/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  description: 'All of the caller’s, newest first, without their secrets.',
  access: 'manage',
  responses: {
    '200': {
      description: 'All webhooks',
      schema: z
        .object({
          webhooks: z.array(webhookOut).meta({ description: 'The webhooks' }),
          total: z.number().int().meta({ description: 'How many there are' }),
        })
        .meta({ id: 'WebhookList', description: 'All webhooks' }),
      examples: { example: { webhooks: [webhookExample], total: 1 } },
    },
  },
  async handle({ caller }, context) {
    const webhooks = await listWebhooks(context, caller);
    return {
      status: 200,
      json: { webhooks: webhooks.map(presentWebhook), total: webhooks.length },
    };
  },
});
