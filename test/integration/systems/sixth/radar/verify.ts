import { createHmac } from 'node:crypto';
import { sameSignature } from '../../../../../systems/src/same-signature';
import type { Received } from '../../../../../systems/src/system';

/** As its document would show it: the event's type, a colon and the raw body, `radar=` and hex. */
export function verify({ headers, body }: Received, secret: string): boolean {
  const hmac = createHmac('sha256', secret);
  hmac.update(`${String(headers['x-radar-event'])}:`);
  hmac.update(body);
  return sameSignature(headers['x-radar-signature'], `radar=${hmac.digest('hex')}`);
}
