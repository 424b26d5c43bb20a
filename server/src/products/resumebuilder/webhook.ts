import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import { z } from 'zod';
import { isoTime } from '../../present/times';
import { shortText, timeOut } from '../../schemas/common';
import { eventList, webhookUrl } from '../webhooks/fields';

/** What may be said of a webhook, when it is created and later. */
export const webhookFields = {
  url: webhookUrl,
  events: eventList,
  description: shortText(500).nullable().optional(),
  timeout_seconds: z
    .number()
    .int()
    .min(1)
    .max(30)
    .optional()
    .meta({ description: '30 by default' }),
  max_retries: z.number().int().min(0).max(10).optional().meta({ description: '3 by default' }),
  is_active: z.boolean().optional(),
};

export const webhookOut = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    description: z.string().nullable(),
    timeout_seconds: z.number().int(),
    max_retries: z.number().int(),
    is_active: z.boolean(),
    created_at: timeOut,
    updated_at: timeOut,
  })
  .meta({ id: 'Webhook' });

export const webhookWithSecretOut = webhookOut
  .extend({ secret: z.string() })
  .meta({ id: 'WebhookWithSecret' });

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
