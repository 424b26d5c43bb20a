import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { presentWebhook, webhookOut } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'resumebuilderListWebhooks',
  method: 'get',
  path: '/api/v1/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  access: 'manage',
  responses: {
    '200': {
      description: 'All webhooks',
      schema: z.object({ webhooks: z.array(webhookOut), total: z.number().int() }),
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
