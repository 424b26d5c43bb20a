import { hmacHex } from '../hmac';
import type { System } from '../system';
import { events } from './events';
import { verify } from './verify';

/**
 * The CV website. Its document describes inbound webhooks only: the outbound ones here are
 * signed as it asks others to sign (HMAC over timestamp and body), and retried as often as
 * its example of a client retries.
 */
export const cv: System = {
  key: 'cv',
  name: 'CV Website',
  description: 'Tells when a CV website changed, was synchronised or has a new PDF.',
  events,
  envelope: (event) => ({
    id: event.id,
    type: event.type,
    timestamp: new Date(event.createdAt).toISOString(),
    data: event.data,
  }),
  bodyForm: 'verbatim',
  headers: ({ body, secret, timestamp }) => ({
    'X-Webhook-Timestamp': String(timestamp),
    'X-Webhook-Signature': `sha256=${hmacHex(secret, String(timestamp), body)}`,
    'User-Agent': 'CVWebsite-Webhook/1.0',
  }),
  signature: {
    header: 'X-Webhook-Signature',
    form: 'sha256=<hex>',
    over: '`X-Webhook-Timestamp` and body',
  },
  verify,
  retry: { delaysMs: [1_000, 2_000, 4_000], maxRetries: 3, jitter: 0 },
  timeoutMs: 10_000,
  limits: { maxUrlLength: 2048, maxTimeoutSeconds: 30, maxRetries: 10 },
  secretFormat: 'whsec',
  challengesByDefault: false,
  soleUser: 'default',
};
