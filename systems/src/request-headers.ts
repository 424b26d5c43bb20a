import { signMessage } from './standard-webhooks/sign-message';
import type { DeliveryFacts, EventFacts, SigningKeys, System } from './system';

/** All that the headers of one attempt depend on. */
export interface Attempt {
  system: System;
  event: EventFacts;
  delivery: DeliveryFacts;
  /** Counted from 1. */
  attempt: number;
  /** Whether no further attempt follows if this one fails. */
  lastAttempt: boolean;
  /** The exact bytes that are sent. */
  body: Uint8Array;
  /** Unix time of the attempt, in seconds. */
  timestamp: number;
  /** Every live generation of the endpoint's keys, the newest first. */
  keys: readonly SigningKeys[];
}

/**
 * Every header of one attempt: the system's own as its document has them, Standard Webhooks,
 * and CareerHooks' description of the attempt.
 *
 * `webhook-id` is the delivery's id: it stays the same over retries, and differs between the
 * endpoints that get the same event. The system's own signature knows no rotation, so that
 * the newest secret makes it; `webhook-signature` has one signature for each live key.
 *
 * @throws {SystemsError} `invalid_signing_key`, `invalid_private_key` or `invalid_message`.
 * @throws {RangeError} if there are no keys.
 */
export function requestHeaders(facts: Attempt): Record<string, string> {
  const { system, event, delivery, body, timestamp, keys } = facts;
  const [newest] = keys;
  if (!newest) throw new RangeError('A delivery needs at least one generation of keys.');
  return {
    'content-type': 'application/json',
    ...system.headers({ event, delivery, body, timestamp, secret: newest.secret }),
    ...signMessage({ id: delivery.id, timestamp, body }, keys),
    'X-CareerHooks-System': system.key,
    'X-CareerHooks-Event': event.type,
    'X-CareerHooks-Event-Id': visibleAscii(event.id),
    // Not every system's body tells it, and none to the millisecond in the same way.
    'X-CareerHooks-Event-Time': new Date(event.createdAt).toISOString(),
    'X-CareerHooks-Delivery-Id': delivery.id,
    'X-CareerHooks-Attempt': String(facts.attempt),
    'X-CareerHooks-Last-Attempt': String(facts.lastAttempt),
  };
}

/**
 * Producers choose event ids, and a header carries only visible ASCII safely: a line break
 * would end it. The rest, and the percent sign itself, is percent-encoded (RFC 3986).
 */
function visibleAscii(value: string): string {
  return value.replace(/[^\x21-\x24\x26-\x7e]+/g, (run) =>
    Array.from(
      Buffer.from(run, 'utf8'),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}
