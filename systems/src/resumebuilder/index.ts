import { hmacHex } from '../hmac';
import { type Member, membersOf } from '../json/members-of';
import type { EventFacts, System } from '../system';
import { events } from './events';
import { putBefore } from './put-before';
import { verify } from './verify';

/** The fields that hold the document's "Event ID": the entity that an event is about. */
const entityFields: Record<string, string> = {
  resume: 'resume_id',
  export: 'resume_id',
  user: 'user_id',
};

function entityId(event: EventFacts, members: readonly Member[]): string {
  const [prefix = ''] = event.type.split('.');
  const field = Object.hasOwn(entityFields, prefix) ? entityFields[prefix] : undefined;
  return members.find(({ key }) => key === field)?.text ?? event.id;
}

/**
 * ResumeBuilder. Its document shows the payload itself as the body; type and entity go before
 * it under the names of the document's own call, and never shadow a field of the payload.
 * On the base of the exponential backoff it is silent.
 */
export const resumebuilder: System = {
  key: 'resumebuilder',
  name: 'ResumeBuilder',
  description: 'Tells when resumes are created, changed, deleted or exported, and of accounts.',
  events,
  envelope: (event) => {
    const members = membersOf(event.data.text);
    const fields = { event_type: event.type, event_id: entityId(event, members) };
    return putBefore(fields, event.data, members);
  },
  bodyForm: 'verbatim',
  headers: ({ event, delivery, body, secret }) => ({
    'X-Webhook-Signature': `sha256=${hmacHex(secret, body)}`,
    'X-Webhook-Event': event.type,
    'X-Webhook-Delivery-Id': delivery.id,
    'User-Agent': 'ResumeBuilder-Webhook/1.0',
  }),
  signature: { header: 'X-Webhook-Signature', form: 'sha256=<hex>', over: 'body' },
  verify,
  retry: {
    delaysMs: Array.from({ length: 10 }, (_, n) => 10_000 * 2 ** n),
    maxRetries: 3,
    jitter: 0,
  },
  timeoutMs: 30_000,
  limits: { maxUrlLength: 2048, maxTimeoutSeconds: 30, maxRetries: 10 },
  secretFormat: 'whsec',
  challengesByDefault: false,
};
