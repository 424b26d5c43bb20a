import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import { z } from 'zod';
import type { WantedChanges } from '../../endpoints/change';
import { isoTime } from '../../present/times';
import { shortText, timeOut } from '../../schemas/common';
import { eventList, webhookUrl } from '../webhooks/fields';

/** What may be said of a webhook, when it is created and later. */
export const webhookFields = {
  url: webhookUrl,
  events: eventList,
  description: shortText(500)
    .nullable()
    .optional()
    .meta({ description: "The owner's own words; null for none" }),
  timeout_seconds: z
    .number()
    .int()
    .min(1)
    .max(30)
    .optional()
    .meta({ description: 'How long an answer may take; 30 by default' }),
  max_retries: z
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .meta({ description: 'Attempts after the first; 3 by default' }),
  is_active: z.boolean().optional().meta({ description: 'Whether it gets events' }),
};

/** What a request says of a webhook, as the store has it. */
export function readFields(
  body: Partial<z.output<z.ZodObject<typeof webhookFields>>>,
): WantedChanges {
  return {
    url: body.url,
    events: body.events,
    description: body.description,
    timeoutMs: body.timeout_seconds && body.timeout_seconds * 1000,
    maxRetries: body.max_retries,
    enabled: body.is_active,
  };
}

export const webhookOut = z
  .object({
    id: z.string().meta({ description: 'Id of the webhook' }),
    url: z.string().meta({ description: 'Where events are sent' }),
    events: z.array(z.string()).meta({ description: 'Event types and wildcards that it gets' }),
    description: z.string().nullable().meta({ description: "The owner's own words" }),
    timeout_seconds: z.number().int().meta({ description: 'How long an answer may take' }),
    max_retries: z.number().int().meta({ description: 'Attempts after the first' }),
    is_active: z.boolean().meta({ description: 'Whether it gets events' }),
    created_at: timeOut.meta({ description: 'When it was created' }),
    updated_at: timeOut.meta({ description: 'When it was changed last' }),
  })
  .meta({ id: 'Webhook', description: 'A URL that gets events' });

export const webhookWithSecretOut = webhookOut
  .extend({ secret: z.string().meta({ description: 'What deliveries are signed with' }) })
  .meta({ id: 'WebhookWithSecret', description: 'A webhook with its secret' });

/** What the reference shows of webhooks. */
export const webhookExample: z.output<typeof webhookOut> = {
  id: 'ep_0192f0c4a7b17c3e8d21',
  url: 'https://hooks.example.com/webhooks',
  events: ['resume.*'],
  description: null,
  timeout_seconds: 30,
  max_retries: 3,
  is_active: true,
  created_at: '2026-11-24T09:30:00.000Z',
  updated_at: '2026-11-24T09:30:00.000Z',
};

export const webhookWithSecretExample: z.output<typeof webhookWithSecretOut> = {
  ...webhookExample,
  secret: 'only-an-example-of-a-secret',
};

export function presentWebhook(endpoint: Endpoint): z.output<typeof webhookOut> {
  const system = findSystem(endpoint.system);
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events,
    description: endpoint.description,
    timeout_seconds: (endpoint.timeoutMs ?? system?.timeoutMs ?? 0) / 1000,
    max_retries: endpoint.maxRetries ?? system?.retry.maxRetries ?? 0,
    is_active: endpoint.status === 'active',
    created_at: isoTime(endpoint.createdAt),
    updated_at: isoTime(endpoint.updatedAt),
  };
}

export function presentWithSecret(
  endpoint: Endpoint,
  keys: EndpointKeys,
): z.output<typeof webhookWithSecretOut> {
  return { ...presentWebhook(endpoint), secret: keys.secret };
}
