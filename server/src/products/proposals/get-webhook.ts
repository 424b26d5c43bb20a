import { defineOperation } from '../../operation';
import { webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { presentWebhook, webhookExample, webhookOut } from './webhook';

export const getWebhookOperation = defineOperation({
  id: 'proposalsGetWebhook',
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
      schema: webhookOut,
      examples: { example: webhookExample },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    return { status: 200, json: presentWebhook(await requireWebhook(context, params.id, caller)) };
  },
});
