import { findSystem } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { eventList, webhookUrl } from '../webhooks/fields';
import { registerWebhook } from '../webhooks/register-webhook';

export const saveConfigOperation = defineOperation({
  id: 'rolereadySaveConfig',
  method: 'post',
  path: '/api/webhooks/config',
  tag: 'Webhook configuration',
  summary: 'Create or update the webhook configuration',
  description: 'Another URL changes the same configuration, and leaves the secret as it is.',
  access: 'manage',
  outgoing: true,
  body: z.object({
    url: webhookUrl,
    enabled: z.boolean().default(true).meta({ description: 'Whether anything is delivered' }),
    enabledEvents: eventList.optional().meta({ description: 'All events, where left out' }),
  }),
  responses: {
    '200': {
      description: 'Saved',
      schema: z.object({
        success: z.literal(true),
        config: z.object({
          id: z.string(),
          url: z.string(),
          secret: z.string(),
          enabled: z.boolean(),
          enabledEvents: z.array(z.string()),
        }),
        message: z.string(),
      }),
    },
  },
  problems: ['unknown_event_type', 'invalid_url', 'private_address', 'url_taken'],
  async handle({ body, caller }, context) {
    const { endpoint, keys } = await registerWebhook(context, caller, {
      url: body.url,
      events: body.enabledEvents ?? Object.keys(findSystem('roleready')?.events ?? {}),
      enabled: body.enabled,
      singleton: true,
    });
    return {
      status: 200,
      json: {
        success: true,
        config: {
          id: endpoint.id,
          url: endpoint.url,
          secret: keys.secret,
          enabled: endpoint.status === 'active',
          enabledEvents: endpoint.events,
        },
        message: 'Webhook configuration saved successfully',
      },
    };
  },
});
