import { hmacHex } from '../hmac';
import type { System } from '../system';
import { events } from './events';
import { verify } from './verify';

/**
 * The Proposal Generator. Its document retries at once, then after 1, 2, 4, 8 and 16 seconds,
 * but five times at most: the immediate retry is one of the five. Its advice on duplicates
 * reads an `id` that its examples leave out.
 */
export const proposals: System = {
  key: 'proposals',
  name: 'Proposal Generator',
  description: 'Tells of jobs, documents and proposals.',
  events,
  envelope: (event) => ({
    id: event.id,
    type: event.type,
    timestamp: new Date(event.createdAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    data: event.data,
  }),
  bodyForm: 'verbatim',
  headers: ({ event, body, secret }) => ({
    'X-Webhook-Signature': hmacHex(secret, body),
    'X-Webhook-Event': event.type,
    'User-Agent': 'ProposalGenerator-Webhook/1.0',
  }),
  signature: { header: 'X-Webhook-Signature', form: '<hex>', over: 'body' },
  verify,
  retry: { delaysMs: [0, 1_000, 2_000, 4_000, 8_000, 16_000], maxRetries: 5, jitter: 0 },
  timeoutMs: 5_000,
  limits: { maxUrlLength: 2048, maxTimeoutSeconds: 30, maxRetries: 5 },
  secretFormat: 'whsec',
  challengesByDefault: true,
  throttle: {
    type: 'job.progress',
    key: (data) => JSON.stringify(data.job_id),
    windowMs: 10_000,
    flushedBy: ['job.completed', 'job.failed'],
  },
};
