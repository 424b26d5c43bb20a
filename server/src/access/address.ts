import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/** Of IPv6, what one customer gets is a whole network. */
const IPV6_PREFIX = 56;

/**
 * Where a request comes from: the connection's address, or, where `TRUST_PROXY` is set, the one that
 * the trusted proxy saw. Empty where a proxy names something else.
 */
export function addressOf(request: Request): string {
  const address = request.ip ?? '';
  return isIP(address) === 0 ? '' : address;
}

/** What an address is counted as: itself, or the /56 that it is in. */
export function addressKey(request: Request): string {
  const address = addressOf(request);
  return address === '' ? '' : ipKeyGenerator(address, IPV6_PREFIX);
}
