import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * Takes the ports away that some proxies put behind addresses in X-Forwarded-For
 * (`203.0.113.7:51234`, `[2001:db8::1]:443`), and the brackets. Express would take such an address
 * for nobody's: not for a trusted proxy's, nor for one that anything could be counted by.
 */
export const plainForwardedFor: RequestHandler = (request, _response, next) => {
  const { headers } = request;
  // Node joins several of them to one.
  const given = headers['x-forwarded-for'];
  if (typeof given === 'string') {
    headers['x-forwarded-for'] = given.split(',').map(withoutPort).join(', ');
  }
  next();
};

/** The address of `address`, `address:port`, `[address]` or `[address]:port`; another text as it is. */
function withoutPort(text: string): string {
  const entry = text.trim();
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::\d{1,5})?$/.exec(entry);
  const address = match?.[1] ?? match?.[2] ?? '';
  return isIP(address) === 0 ? entry : address;
}
