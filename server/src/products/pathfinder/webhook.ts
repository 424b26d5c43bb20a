import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import { z } from 'zod';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';

export const webhookOut = z
  .object({
    id: z.string().meta({ description: 'Id of the webhook' }),
    url: z.string().meta({ description: 'Where events are sent' }),
    events: z.array(z.string()).meta({ description: 'Event types and wildcards that it gets' }),
    active: z.boolean().meta({ description: 'Whether it gets events' }),
    created_at: timeOut.meta({ description: 'When it was created' }),
    signing_key: z.string().optional().meta({
      description:
        'Keys the signature, where no secret was given; only when it is created or gets another secret',
    }),
  })
  .meta({ id: 'Webhook', description: 'A URL that gets events' });

export const oneWebhook = z
  .object({
    success: z.literal(true).meta({ description: 'Always true' }),
    data: z.object({ webhook: webhookOut }).meta({ id: 'WebhookData', description: 'The webhook' }),
  })
  .meta({ id: 'WebhookAnswer', description: 'One webhook' });

/** What the reference shows of webhooks. */
export const webhookExample: z.output<typeof webhookOut> = {
  id: 'ep_0192f0c4a7b17c3e8d21',
  url: 'https://hooks.example.com/webhooks',
  events: ['experience.*', 'resume.generated'],
  active: true,
  created_at: '2026-11-24T09:30:00.000Z',
};

export const oneWebhookExample: z.output<typeof oneWebhook> = {
  success: true,
  data: { webhook: webhookExample },
};

export function presentWebhook(
  endpoint: Endpoint,
  keys?: EndpointKeys,
): z.output<typeof webhookOut> {
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events,
    active: endpoint.status === 'active',
    created_at: isoTime(endpoint.createdAt),
    ...(keys !== undefined && { signing_key: keys.signingKey }),
  };
}
