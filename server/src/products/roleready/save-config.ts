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
  body: z
    .object({
      url: webhookUrl,
      enabled: z.boolean().default(true).meta({ description: 'Whether anything is delivered' }),
      enabledEvents: eventList.optional().meta({ description: 'All events, where left out' }),
    })
    .meta({ id: 'NewConfig', description: 'The configuration to save' }),
  bodyExamples: {
    example: { url: 'https://hooks.example.com/webhooks', enabledEvents: ['resume.parsed'] },
  },
  responses: {
    '200': {
      description: 'Saved',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          config: z
            .object({
              id: z.string().meta({ description: 'Id of the configuration' }),
              url: z.string().meta({ description: 'Where events are sent' }),
              secret: z.string().meta({ description: 'What deliveries are signed with' }),
              enabled: z.boolean().meta({ description: 'Whether anything is delivered' }),
              enabledEvents: z
                .array(z.string())
                .meta({ description: 'Event types that are delivered' }),
            })
            .meta({ id: 'ConfigWithSecret', description: 'A configuration with its secret' }),
          message: z.string().meta({ description: 'The same for people' }),
        })
        .meta({ id: 'SavedConfig', description: 'The configuration that was saved' }),
      examples: {
        example: {
          success: true,
          config: {
            id: 'ep_0192f0c4a7b17c3e8d21',
            url: 'https://hooks.example.com/webhooks',
            secret: 'only-an-example-of-a-secret',
            enabled: true,
            enabledEvents: ['resume.parsed'],
          },
          message: 'Webhook configuration saved successfully',
        },
      },
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
