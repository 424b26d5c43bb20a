import { z } from 'zod';
import { defineOperation, type Operation } from '../../operation';
import { changeWebhook } from '../webhooks/change-webhook';
import { webhookParams } from '../webhooks/fields';
import { presentWebhook, readFields, webhookExample, webhookFields, webhookOut } from './webhook';

const webhookUpdate = z
  .object(webhookFields)
  .partial()
  .meta({ id: 'WebhookUpdate', description: 'What to change of a webhook' });

export const putWebhookOperation = updateWebhook('put', 'resumebuilderPutWebhook');
export const patchWebhookOperation = updateWebhook('patch', 'resumebuilderPatchWebhook');

/** Both verbs change what is given: the document names neither. */
function updateWebhook(method: 'put' | 'patch', id: string): Operation {
  return defineOperation({
    id,
    method,
    path: '/api/v1/webhooks/{id}',
    tag: 'Webhooks',
    summary: 'Update a webhook',
    description: 'What is left out stays as it is.',
    access: 'manage',
    outgoing: true,
    params: webhookParams,
    body: webhookUpdate,
    bodyExamples: { example: { is_active: false } },
    responses: {
      '200': {
        description: 'The webhook as it is now',
        schema: webhookOut,
        examples: { example: webhookExample },
      },
    },
    problems: ['not_found', 'url_taken', 'unknown_event_type', 'invalid_url', 'private_address'],
    async handle({ params, body, caller }, context) {
      const changes = readFields(body);
      const { endpoint } = await changeWebhook(context, caller, { id: params.id, changes });
      return { status: 200, json: presentWebhook(endpoint) };
    },
  });
}
