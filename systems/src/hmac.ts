import { createHmac } from 'node:crypto';

/** HMAC-SHA256 (RFC 2104) in lower-case hex, keyed by the secret's UTF-8 text, over the parts as one. */
export function hmacHex(secret: string, ...parts: (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
