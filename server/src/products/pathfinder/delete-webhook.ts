import { z } from 'zod';
import { defineOperation } from '../../operation';
import { deleteWebhook } from '../webhooks/delete-webhook';
import { webhookParams } from '../webhooks/fields';
import { webhookExample } from './webhook';

export const deleteWebhookOperation = defineOperation({
  id: 'pathfinderDeleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook',
  description: 'What it had not got yet is cancelled; the log of its deliveries stays.',
  access: 'manage',
  params: webhookParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          data: z
            .object({
              id: z.string().meta({ description: 'Id of the webhook' }),
              deleted: z.literal(true).meta({ description: 'Always true' }),
            })
            .meta({ id: 'DeletedWebhook', description: 'A webhook that is no more' }),
        })
        .meta({ id: 'DeletedWebhookAnswer', description: 'That a webhook is no more' }),
      examples: { example: { success: true, data: { id: webhookExample.id, deleted: true } } },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    await deleteWebhook(context, caller, params.id);
    return { status: 200, json: { success: true, data: { id: params.id, deleted: true } } };
  },
});
