import { z } from 'zod';
import { defineOperation } from '../../operation';
import { eventList, ownSecret, webhookUrl } from '../webhooks/fields';
import { registerWebhook } from '../webhooks/register-webhook';
import { oneWebhook, oneWebhookExample, presentWebhook, webhookExample } from './webhook';

export const createWebhookOperation = defineOperation({
  id: 'pathfinderCreateWebhook',
  method: 'post',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'Create a webhook',
  description:
    'X-Pathfinder-Signature is keyed by `secret`, or by `signing_key` where no secret is given. Creating a webhook at the same URL again updates it and answers 200.',
  access: 'manage',
  outgoing: true,
  body: z
    .object({
      url: webhookUrl,
      events: eventList,
      active: z.boolean().default(true).meta({ description: 'Whether it gets events' }),
      secret: ownSecret.optional(),
    })
    .meta({ id: 'NewWebhook', description: 'A webhook to create' }),
  bodyExamples: { example: { url: webhookExample.url, events: webhookExample.events } },
  responses: {
    '200': {
      description: 'It was there before',
      schema: oneWebhook,
      examples: { example: oneWebhookExample },
    },
    '201': { description: 'Created', schema: oneWebhook, examples: { example: oneWebhookExample } },
  },
  problems: ['unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ body, caller }, context) {
    const { active, ...wanted } = body;
    const { endpoint, keys, created } = await registerWebhook(context, caller, {
      ...wanted,
      enabled: active,
    });
    return {
      status: created ? 201 : 200,
      json: { success: true, data: { webhook: presentWebhook(endpoint, keys) } },
    };
  },
});
