import { hmacHex } from '../hmac';
import type { System } from '../system';
import { events } from './events';
import { verify } from './verify';

/**
 * RoleReady. Its verifier signs the body parsed and stringified again. Its document bounds timeout and retries by a "Limits" section, and shows secrets
 * as bare hex.
 */
export const roleready: System = {
  key: 'roleready',
  name: 'RoleReady',
  description: 'Tells when parsing, checking or tailoring a resume has ended.',
  events,
  envelope: (event, delivery) => ({
    event: event.type,
    deliveryId: delivery.id,
    timestamp: new Date(event.createdAt).toISOString(),
    userId: event.user,
    data: event.data,
  }),
  bodyForm: 'javascript',
  headers: ({ event, delivery, body, secret }) => ({
    'X-Webhook-Signature': hmacHex(secret, body),
    'X-Webhook-Event': event.type,
    'X-Webhook-Delivery-Id': delivery.id,
    'User-Agent': 'RoleReady-Webhook/1.0',
  }),
  signature: {
    header: 'X-Webhook-Signature',
    form: '<hex>',
    over: 'body, as `JSON.stringify` writes it',
  },
  verify,
  retry: { delaysMs: [1_000, 5_000, 15_000], maxRetries: 3, jitter: 0 },
  timeoutMs: 10_000,
  limits: { maxUrlLength: 2048, maxTimeoutSeconds: 10, maxRetries: 3 },
  secretFormat: 'hex',
  challengesByDefault: false,
};
