import { hmacHex } from '../hmac';
import type { System } from '../system';
import { events } from './events';
import { verify } from './verify';

/** Pathfinder. "Max retries 3" in its document's code counts every try, the first one too. */
export const pathfinder: System = {
  key: 'pathfinder',
  name: 'Pathfinder',
  description: 'Tells of users, sessions, experiences, resumes and administration.',
  events,
  envelope: (event) => ({
    id: event.id.startsWith('evt_') ? event.id : `evt_${event.id}`,
    type: event.type,
    api_version: '1.0',
    created: Math.floor(event.createdAt / 1000),
    data: event.data,
    ...(event.previousAttributes && { previous_attributes: event.previousAttributes }),
  }),
  bodyForm: 'verbatim',
  headers: ({ body, secret }) => ({
    'X-Pathfinder-Signature': `sha256=${hmacHex(secret, body)}`,
    'User-Agent': 'Pathfinder-Webhook/1.0',
  }),
  signature: { header: 'X-Pathfinder-Signature', form: 'sha256=<hex>', over: 'body' },
  verify,
  retry: { delaysMs: [1_000, 2_000], maxRetries: 2, jitter: 0 },
  timeoutMs: 10_000,
  limits: { maxUrlLength: 2048, maxTimeoutSeconds: 30, maxRetries: 10 },
  secretFormat: 'whsec',
  challengesByDefault: false,
  critical: ['user.deleted', 'auth.failed_attempts', 'admin.audit_alert'],
};
