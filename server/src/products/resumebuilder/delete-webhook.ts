import { defineOperation } from '../../operation';
import { deleteWebhook } from '../webhooks/delete-webhook';
import { webhookParams } from '../webhooks/fields';

export const deleteWebhookOperation = defineOperation({
  id: 'resumebuilderDeleteWebhook',
  method: 'delete',
  path: '/api/v1/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook',
  description: 'What it had not got yet is cancelled; the log of its deliveries stays.',
  access: 'manage',
  params: webhookParams,
  responses: { '204': { description: 'Deleted' } },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    await deleteWebhook(context, caller, params.id);
    return { status: 204, text: '', type: 'application/json' };
  },
});
