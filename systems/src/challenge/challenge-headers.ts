import { createHash } from 'node:crypto';
import { signMessage } from '../standard-webhooks/sign-message';
import type { SigningKeys, System } from '../system';
import { CHALLENGE_TYPE } from './challenge-body';

/** All that the headers of a challenge depend on. */
export interface Challenge {
  system: System;
  /** Where the endpoint has one already. */
  endpointId?: string;
  /** What `challengeBody` made. */
  body: Uint8Array;
  /** Unix time of the request, in seconds. */
  timestamp: number;
  /** Every live generation of the endpoint's keys, the newest first. */
  keys: readonly SigningKeys[];
}

/**
 * Every header of a challenge. It is signed like a delivery, by the system's own scheme and by
 * Standard Webhooks, so that a receiver may verify signatures before it looks at the type. Its
 * `webhook-id` follows from the body: repeating a challenge repeats its id.
 *
 * @throws {SystemsError} `invalid_signing_key`, `invalid_private_key` or `invalid_message`.
 * @throws {RangeError} if there are no keys.
 */
export function challengeHeaders(facts: Challenge): Record<string, string> {
  const { system, endpointId, body, timestamp, keys } = facts;
  const [newest] = keys;
  if (!newest) throw new RangeError('A challenge needs at least one generation of keys.');
  const id = `challenge_${createHash('sha256').update(body).digest('hex').slice(0, 32)}`;
  const event = { id, type: CHALLENGE_TYPE, user: '', data: {}, createdAt: timestamp * 1000 };
  return {
    'content-type': 'application/json',
    ...system.headers({ event, delivery: { id }, body, timestamp, secret: newest.secret }),
    ...signMessage({ id, timestamp, body }, keys),
    'X-CareerHooks-System': system.key,
    'X-CareerHooks-Event': CHALLENGE_TYPE,
    ...(endpointId === undefined ? {} : { 'X-CareerHooks-Endpoint-Id': endpointId }),
  };
}
