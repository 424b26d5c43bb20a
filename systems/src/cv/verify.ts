import { createHmac } from 'node:crypto';
import { sameSignature } from '../same-signature';
import type { Received } from '../system';

/** As its document signs what it receives itself: time and body as one text, `sha256=` and hex. */
export function verify({ headers, body }: Received, secret: string): boolean {
  const payload = String(headers['x-webhook-timestamp']) + body.toString('utf8');
  const hex = createHmac('sha256', secret).update(payload).digest('hex');
  return sameSignature(headers['x-webhook-signature'], `sha256=${hex}`);
}
