import { z } from 'zod';
import { defineOperation } from '../../operation';
import { deleteWebhook } from '../webhooks/delete-webhook';
import { webhookParams } from '../webhooks/fields';

export const deleteWebhookOperation = defineOperation({
  id: 'proposalsDeleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook',
  access: 'manage',
  params: webhookParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z.object({ id: z.string(), status: z.literal('deleted') }),
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    await deleteWebhook(context, caller, params.id);
    return { status: 200, json: { id: params.id, status: 'deleted' } };
  },
});
