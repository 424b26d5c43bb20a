import { z } from 'zod';
import { defineOperation } from '../../operation';
import { changeWebhook } from '../webhooks/change-webhook';
import { eventList, ownSecret, webhookParams, webhookUrl } from '../webhooks/fields';
import { presentWebhook, webhookExample, webhookOut } from './webhook';

export const updateWebhookOperation = defineOperation({
  id: 'proposalsUpdateWebhook',
  method: 'put',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Update a webhook',
  description: 'What is left out stays as it is. A new URL is challenged.',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: z
    .object({
      url: webhookUrl.optional(),
      events: eventList.optional(),
      secret: ownSecret.optional(),
    })
    .meta({ id: 'WebhookUpdate', description: 'What to change of a webhook' }),
  bodyExamples: { example: { events: ['job.*'] } },
  responses: {
    '200': {
      description: 'The webhook as it is now',
      schema: webhookOut,
      examples: { example: webhookExample },
    },
  },
  problems: ['not_found', 'url_taken', 'unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ params, body, caller }, context) {
    const { endpoint } = await changeWebhook(context, caller, { id: params.id, changes: body });
    return { status: 200, json: presentWebhook(endpoint) };
  },
});
