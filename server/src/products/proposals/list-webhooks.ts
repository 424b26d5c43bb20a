import { z } from 'zod';
import { defineOperation } from '../../operation';
import { listWebhooks } from '../webhooks/list-webhooks';
import { listedWebhookOut, presentListed } from './webhook';

export const listWebhooksOperation = defineOperation({
  id: 'proposalsListWebhooks',
  method: 'get',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  access: 'manage',
  responses: {
    '200': {
      description: 'All webhooks',
      schema: z.object({ webhooks: z.array(listedWebhookOut) }),
    },
  },
  async handle({ caller }, context) {
    const webhooks = await listWebhooks(context, caller);
    return { status: 200, json: { webhooks: webhooks.map(presentListed) } };
  },
});
