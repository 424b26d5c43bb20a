import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { listedWebhookExample, listedWebhookOut, presentListed } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'proposalsListWebhooks',
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
        .object({ webhooks: z.array(listedWebhookOut).meta({ description: 'The webhooks' }) })
        .meta({ id: 'WebhookList', description: 'All webhooks' }),
      examples: { example: { webhooks: [listedWebhookExample] } },
    },
  },
  async handle({ caller }, context) {
    const webhooks = await listWebhooks(context, caller);
    return { status: 200, json: { webhooks: webhooks.map(presentListed) } };
  },
});
