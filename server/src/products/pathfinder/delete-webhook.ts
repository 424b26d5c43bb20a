import { z } from 'zod';
import { defineOperation } from '../../operation';
import { deleteWebhook } from '../webhooks/delete-webhook';
import { webhookParams } from '../webhooks/fields';

export const deleteWebhookOperation = defineOperation({
  id: 'pathfinderDeleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook',
  access: 'manage',
  params: webhookParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z.object({
        success: z.literal(true),
        data: z.object({ id: z.string(), deleted: z.literal(true) }),
      }),
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    await deleteWebhook(context, caller, params.id);
    return { status: 200, json: { success: true, data: { id: params.id, deleted: true } } };
  },
});
