import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import { z } from 'zod';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';

export const webhookOut = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    active: z.boolean(),
    created_at: timeOut,
    signing_key: z
      .string()
      .optional()
      .meta({ description: 'When it is created, or gets another secret' }),
  })
  .meta({ id: 'Webhook' });

export const oneWebhook = z.object({
  success: z.literal(true),
  data: z.object({ webhook: webhookOut }),
});

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
