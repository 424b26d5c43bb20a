import { z } from 'zod';
import { defineOperation } from '../../operation';
import { deleteWebhook } from '../webhooks/delete-webhook';
import { webhookParams } from '../webhooks/fields';
import { webhookExample } from './webhook';

export const deleteWebhookOperation = defineOperation({
  id: 'proposalsDeleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook',
  description: 'What it had not got yet is cancelled.',
  access: 'manage',
  params: webhookParams,
  responses: {
    '200': {
      description: 'Deleted',
      schema: z
        .object({
          id: z.string().meta({ description: 'Id of the webhook' }),
          status: z
            .literal('deleted')
            .meta({ id: 'DeletedStatus', description: 'Always the same' }),
        })
        .meta({ id: 'DeletedWebhook', description: 'A webhook that is no more' }),
      examples: { example: { id: webhookExample.id, status: 'deleted' } },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    await deleteWebhook(context, caller, params.id);
    return { status: 200, json: { id: params.id, status: 'deleted' } };
  },
});
