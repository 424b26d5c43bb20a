import { createHmac, timingSafeEqual } from 'node:crypto';
import { hintAt } from './signature-hint';
import type { WebhookBody } from './webhook-body';
import { WebhookError } from './webhook-error';

const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  /** X-Webhook-Signature */
  signature: string | undefined;
  /** X-Webhook-Timestamp */
  timestamp: string | undefined;
  body: WebhookBody;
}

/**
 * Verifies the document's signature: HMAC-SHA256 over the timestamp as it was sent and the raw body,
 * in hex (its Node client) or base64 (its shell and Python clients), with or without `sha256=`. A body
 * that is compressed may be signed as it is sent, or as it was before, since what compresses is often
 * a library or a proxy behind whoever signs.
 *
 * @returns what names the signature, the same in both notations, for whoever remembers it.
 * @throws {WebhookError} 401, or 400 for a body that cannot be decompressed.
 */
export async function verifySignature(request: SignedRequest, secret: string): Promise<string> {
  const { signature, timestamp, body } = request;
  if (signature === undefined || signature === '') throw new WebhookError('MISSING_SIGNATURE');
  if (timestamp === undefined || timestamp === '') throw new WebhookError('MISSING_TIMESTAMP');
  checkTimestamp(timestamp);
  const received = readSignature(signature);
  const fits = (bytes: Buffer): boolean => {
    const expected = createHmac('sha256', secret).update(timestamp).update(bytes).digest();
    return received !== undefined && timingSafeEqual(expected, received);
  };
  if (received !== undefined && fits(body.sent)) return received.toString('hex');
  // Nothing is decompressed for what is no signature.
  const content = received === undefined ? body.sent : await body.content();
  if (received !== undefined && content !== body.sent && fits(content)) {
    return received.toString('hex');
  }
  throw new WebhookError('INVALID_SIGNATURE', {
    received: signature.slice(0, 200),
    hint: hintAt(content, fits),
  });
}

function checkTimestamp(timestamp: string): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookError('INVALID_TIMESTAMP', { reason: 'Send Unix time in seconds.' });
  }
  const age = Math.floor(Date.now() / 1000) - Number(timestamp);
  const details = { toleranceSeconds: TOLERANCE_SECONDS, ageSeconds: age };
  if (age > TOLERANCE_SECONDS) throw new WebhookError('TIMESTAMP_TOO_OLD', details);
  if (age < -TOLERANCE_SECONDS) throw new WebhookError('TIMESTAMP_IN_FUTURE', details);
}

/** The 32 bytes, or undefined. Node's decoders skip what is none of their alphabet, so that is checked. */
function readSignature(text: string): Buffer | undefined {
  const value = text.replace(/^sha256=/i, '');
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  if (/^[A-Za-z0-9+/]{43}=?$/.test(value)) return Buffer.from(value, 'base64');
  return undefined;
}
