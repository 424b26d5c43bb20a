import { z } from 'zod';
import { defineOperation } from '../../operation';
import { ownSecret } from '../webhooks/fields';
import { registerWebhook } from '../webhooks/register-webhook';
import {
  presentWithSecret,
  readFields,
  webhookExample,
  webhookFields,
  webhookWithSecretExample,
  webhookWithSecretOut,
} from './webhook';

export const createWebhookOperation = defineOperation({
  id: 'resumebuilderCreateWebhook',
  method: 'post',
  path: '/api/v1/webhooks',
  tag: 'Webhooks',
  summary: 'Create a webhook',
  description:
    'The answer has the secret, once. Creating a webhook at the same URL again updates it and answers 200.',
  access: 'manage',
  outgoing: true,
  body: z
    .object({ ...webhookFields, secret: ownSecret.optional() })
    .meta({ id: 'NewWebhook', description: 'A webhook to create' }),
  bodyExamples: { example: { url: webhookExample.url, events: webhookExample.events } },
  responses: {
    '200': {
      description: 'It was there before',
      schema: webhookWithSecretOut,
      examples: { example: webhookWithSecretExample },
    },
    '201': {
      description: 'Created',
      schema: webhookWithSecretOut,
      examples: { example: webhookWithSecretExample },
    },
  },
  problems: ['unknown_event_type', 'invalid_url', 'private_address'],
  async handle({ body, caller }, context) {
    const { endpoint, keys, created } = await registerWebhook(context, caller, {
      ...readFields(body),
      url: body.url,
      events: body.events,
      secret: body.secret,
    });
    return { status: created ? 201 : 200, json: presentWithSecret(endpoint, keys) };
  },
});
