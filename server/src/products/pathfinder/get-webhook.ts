import { defineOperation } from '../../operation';
import { webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { oneWebhook, oneWebhookExample, presentWebhook } from './webhook';

export const getWebhookOperation = defineOperation({
  id: 'pathfinderGetWebhook',
  method: 'get',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Get a webhook',
  description: 'Without its secret.',
  access: 'manage',
  params: webhookParams,
  responses: {
    '200': {
      description: 'The webhook',
      schema: oneWebhook,
      examples: { example: oneWebhookExample },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    const webhook = presentWebhook(await requireWebhook(context, params.id, caller));
    return { status: 200, json: { success: true, data: { webhook } } };
  },
});
