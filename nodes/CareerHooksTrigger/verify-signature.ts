import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a request's time may be from now, either way, in seconds. */
const TOLERANCE_SECONDS = 300;

/** What is wrong with a request that was signed with another secret, or changed on its way. */
export const WRONG_SIGNATURE = 'The signature is wrong.';

/** What arrived at the webhook. */
export interface ReceivedRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes before any parsing. */
  body: Buffer;
}

/**
 * Verifies a request by Standard Webhooks, strictly: the raw bytes, a timestamp of digits only
 * and within five minutes, comparison in constant time. `webhook-signature` may hold several
 * signatures, of which one has to fit: while a secret is replaced, there is one for each.
 *
 * @param secret `whsec_…`
 * @param now Unix time in seconds.
 * @returns what is wrong, or undefined where the signature is right.
 */
export function signatureFault(
  { headers, body }: ReceivedRequest,
  secret: string,
  now: number,
): string | undefined {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return 'The headers webhook-id, webhook-timestamp and webhook-signature are missing.';
  }
  // With a full stop in the id, the signed text could be split another way.
  if (!/^[^.]+$/.test(id)) return 'The header webhook-id is malformed.';
  if (!/^[1-9][0-9]{0,11}$/.test(timestamp)) return 'The header webhook-timestamp is malformed.';
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    return 'The request is more than five minutes old, or the clocks of CareerHooks and n8n differ.';
  }
  const expected = sign(secret, Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]));
  const fits = signatures.split(' ').some((signature) => sameBytes(signature, expected));
  return fits ? undefined : WRONG_SIGNATURE;
}

function sign(secret: string, content: Buffer): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

function sameBytes(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
