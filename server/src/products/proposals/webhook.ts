import type { Endpoint } from '@careerhooks/store';
import { z } from 'zod';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';

/** As the document lists webhooks. */
export const listedWebhookOut = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    status: z.enum(['pending', 'active', 'paused', 'disabled']).meta({
      description: '`pending` until the URL has answered its challenge',
    }),
  })
  .meta({ id: 'ListedWebhook' });

export const webhookOut = listedWebhookOut.extend({ created_at: timeOut }).meta({ id: 'Webhook' });

export function presentListed(endpoint: Endpoint): z.output<typeof listedWebhookOut> {
  const { id, url, events, status } = endpoint;
  return { id, url, events, status };
}

export function presentWebhook(endpoint: Endpoint): z.output<typeof webhookOut> {
  return { ...presentListed(endpoint), created_at: isoTime(endpoint.createdAt) };
}
