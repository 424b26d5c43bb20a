import { createHmac } from 'node:crypto';
import { sameSignature } from '../same-signature';
import type { Received } from '../system';

/** As its document does: the raw body, in bare hex. */
export function verify({ headers, body }: Received, secret: string): boolean {
  const hex = createHmac('sha256', secret).update(body).digest('hex');
  return sameSignature(headers['x-webhook-signature'], hex);
}
