import { createHmac, timingSafeEqual, verify as verifyWithKey } from 'node:crypto';
import { SystemsError } from '../errors';
import { decodeBase64 } from './base64';
import { looksLikePublicKey, parsePublicKey, parseSigningKey } from './keys';
import { signedContent } from './message';

/** How far a message's time may be from now, either way, in seconds. */
export const TIMESTAMP_TOLERANCE_SECONDS = 300;

/** What a receiver has in hand. */
export interface ReceivedMessage {
  /** As Node has them; names in any case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact bytes that arrived, before any parsing. */
  body: Uint8Array;
  /** Every key that may have signed it: `whsec_…` for `v1`, `whpk_…` for `v1a`. */
  keys: readonly string[];
  /** Unix time in seconds; the clock's by default. */
  now?: number;
}

/**
 * Verifies a message by Standard Webhooks, strictly: raw bytes, a timestamp of digits only and
 * within five minutes, canonical keys and signatures, comparison in constant time. Any one
 * signature that fits any one key will do; versions that it does not know are passed over.
 *
 * @returns the message's id and its Unix time in seconds.
 * @throws {SystemsError} `missing_header`, `invalid_timestamp`, `timestamp_too_old`,
 *   `timestamp_too_new`, `invalid_message`, `invalid_signing_key`, `invalid_public_key` or
 *   `no_matching_signature`.
 */
export function verify(received: ReceivedMessage): { id: string; timestamp: number } {
  const { headers, body, keys, now = Math.floor(Date.now() / 1000) } = received;
  const id = onlyHeader(headers, 'webhook-id');
  const timestamp = parseTimestamp(onlyHeader(headers, 'webhook-timestamp'));
  const signatures = onlyHeader(headers, 'webhook-signature').split(' ');
  if (timestamp < now - TIMESTAMP_TOLERANCE_SECONDS) throw new SystemsError('timestamp_too_old');
  if (timestamp > now + TIMESTAMP_TOLERANCE_SECONDS) throw new SystemsError('timestamp_too_new');

  const content = signedContent({ id, timestamp, body });
  const fits = keys.map((key) =>
    looksLikePublicKey(key) ? asymmetricFit(content, key) : symmetricFit(content, key),
  );
  if (!signatures.some((signature) => fits.some((fit) => fit(signature)))) {
    throw new SystemsError('no_matching_signature');
  }
  return { id, timestamp };
}

/** A header that is there twice is refused: which of the two was signed is for no one to guess. */
function onlyHeader(headers: ReceivedMessage['headers'], name: string): string {
  const values = Object.keys(headers)
    .filter((key) => key.toLowerCase() === name)
    .map((key) => headers[key])
    .filter((value) => value !== undefined);
  const [value] = values;
  if (values.length !== 1 || typeof value !== 'string' || value === '') {
    throw new SystemsError('missing_header', `The header ${name} is missing or repeated.`);
  }
  return value;
}

function parseTimestamp(value: string): number {
  if (!/^(0|[1-9][0-9]{0,11})$/.test(value)) throw new SystemsError('invalid_timestamp');
  return Number(value);
}

function symmetricFit(content: Buffer, signingKey: string): (signature: string) => boolean {
  const hmac = createHmac('sha256', parseSigningKey(signingKey)).update(content);
  const expected = Buffer.from(`v1,${hmac.digest('base64')}`);
  return (signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}

function asymmetricFit(content: Buffer, publicKey: string): (signature: string) => boolean {
  const key = parsePublicKey(publicKey);
  return (signature) => {
    if (!signature.startsWith('v1a,')) return false;
    const given = decodeBase64(signature.slice('v1a,'.length));
    return given?.length === 64 && verifyWithKey(null, content, key, given);
  };
}
