import { z } from 'zod';
import { defineOperation } from '../../operation';
import { changeWebhook } from '../webhooks/change-webhook';
import { eventList, ownSecret, webhookParams, webhookUrl } from '../webhooks/fields';
import { oneWebhook, oneWebhookExample, presentWebhook } from './webhook';

export const updateWebhookOperation = defineOperation({
  id: 'pathfinderUpdateWebhook',
  method: 'put',
  path: '/api/webhooks/{id}',
  tag: 'Webhooks',
  summary: 'Update a webhook',
  description: 'What is left out stays as it is.',
  access: 'manage',
  outgoing: true,
  params: webhookParams,
  body: z
    .object({
      url: webhookUrl.optional(),
      events: eventList.optional(),
      active: z.boolean().optional().meta({ description: 'Whether it gets events' }),
      secret: ownSecret.optional(),
    })
    .meta({ id: 'WebhookUpdate', description: 'What to change of a webhook' }),
  bodyExamples: { example: { active: false } },
  responses: {
    '200': {
      description: 'The webhook as it is now',
      schema: oneWebhook,
      examples: { example: oneWebhookExample },
    },
  },
  problems: ['not_found', 'url_taken', 'unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ params, body, caller }, context) {
    const { active, ...changes } = body;
    const { endpoint, keys } = await changeWebhook(context, caller, {
      id: params.id,
      changes: { ...changes, enabled: active },
    });
    return {
      status: 200,
      json: { success: true, data: { webhook: presentWebhook(endpoint, keys) } },
    };
  },
});
