import { z } from 'zod';
import { defineOperation } from '../../operation';
import { eventList, ownSecret, webhookUrl } from '../webhooks/fields';
import { registerWebhook } from '../webhooks/register-webhook';
import { presentWebhook, webhookExample, webhookOut } from './webhook';

const createdOut = webhookOut
  .extend({
    secret: z
      .string()
      .optional()
      .meta({ description: 'What deliveries are signed with, where none was given' }),
  })
  .meta({ id: 'CreatedWebhook', description: 'A webhook that was registered' });

const createdExample: z.output<typeof createdOut> = {
  ...webhookExample,
  status: 'pending',
  secret: 'only-an-example-of-a-secret',
};

export const createWebhookOperation = defineOperation({
  id: 'proposalsCreateWebhook',
  method: 'post',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'Register a webhook',
  description:
    'Its URL is challenged at once, and for 24 h while it does not answer; what happens meanwhile is delivered once it has. Registering the same URL again updates the webhook and answers 200.',
  access: 'manage',
  outgoing: true,
  body: z
    .object({ url: webhookUrl, events: eventList, secret: ownSecret.optional() })
    .meta({ id: 'NewWebhook', description: 'A webhook to register' }),
  bodyExamples: { example: { url: webhookExample.url, events: webhookExample.events } },
  responses: {
    '200': {
      description: 'It was there before',
      schema: createdOut,
      examples: { example: createdExample },
    },
    '201': { description: 'Registered', schema: createdOut, examples: { example: createdExample } },
  },
  problems: ['unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ body, caller }, context) {
    const { endpoint, keys, created } = await registerWebhook(context, caller, body);
    return {
      status: created ? 201 : 200,
      json: {
        ...presentWebhook(endpoint),
        ...(body.secret === undefined && { secret: keys.secret }),
      },
    };
  },
});
