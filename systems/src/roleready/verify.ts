import { createHmac } from 'node:crypto';
import { sameSignature } from '../same-signature';
import type { Received } from '../system';

/** As its document does in JavaScript: parses the body, and signs it as JSON again. */
export function verify({ headers, body }: Received, secret: string): boolean {
  const payload = JSON.stringify(JSON.parse(body.toString('utf8')));
  const hex = createHmac('sha256', secret).update(payload).digest('hex');
  return sameSignature(headers['x-webhook-signature'], hex);
}
