import type { Endpoint } from '@careerhooks/store';
import { z } from 'zod';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';

/** As the document lists webhooks. */
export const listedWebhookOut = z
  .object({
    id: z.string().meta({ description: 'Id of the webhook' }),
    url: z.string().meta({ description: 'Where events are sent' }),
    events: z.array(z.string()).meta({ description: 'Event types and wildcards that it gets' }),
    status: z.enum(['pending', 'active', 'paused', 'disabled']).meta({
      id: 'WebhookStatus',
      description: '`pending` until the URL has answered its challenge',
    }),
  })
  .meta({ id: 'ListedWebhook', description: 'A webhook as lists have it' });

export const webhookOut = listedWebhookOut
  .extend({ created_at: timeOut.meta({ description: 'When it was registered' }) })
  .meta({ id: 'Webhook', description: 'A URL that gets events' });

/** What the reference shows of webhooks. */
export const listedWebhookExample: z.output<typeof listedWebhookOut> = {
  id: 'ep_0192f0c4a7b17c3e8d21',
  url: 'https://hooks.example.com/webhooks',
  events: ['proposal.*'],
  status: 'active',
};

export const webhookExample: z.output<typeof webhookOut> = {
  ...listedWebhookExample,
  created_at: '2026-11-24T09:30:00.000Z',
};

export function presentListed(endpoint: Endpoint): z.output<typeof listedWebhookOut> {
  const { id, url, events, status } = endpoint;
  // To its owner there, it is paused: it gets nothing for a while, and nothing is lost.
  return { id, url, events, status: status === 'detached' ? 'paused' : status };
}

export function presentWebhook(endpoint: Endpoint): z.output<typeof webhookOut> {
  return { ...presentListed(endpoint), created_at: isoTime(endpoint.createdAt) };
}
