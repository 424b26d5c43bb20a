import { matchesCidrs } from '@careerhooks/egress';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { addressKey, addressOf } from '../../access/address';
import { WebhookError } from './webhook-error';

const REQUESTS_A_MINUTE = 10;

/**
 * Ten requests a minute from an address (of IPv6, from a /56), as the document has it, with the
 * `RateLimit` headers of the IETF's draft and Retry-After. Counted in this process.
 */
export function limitRate(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: REQUESTS_A_MINUTE,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: addressKey,
    handler: (_request, response) => {
      const seconds = Number(response.get('retry-after') ?? 60);
      throw new WebhookError('RATE_LIMIT_EXCEEDED', {
        limit: REQUESTS_A_MINUTE,
        retryAfterSeconds: seconds,
      });
    },
  });
}

/**
 * Only these addresses, where any are set: of the connection, or of a header that a proxy we were told
 * to trust has set; never of one that anyone can send.
 */
export function limitAddresses(allowed: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    if (allowed.length > 0 && !matchesCidrs(addressOf(request), allowed)) {
      throw new WebhookError('IP_NOT_ALLOWED');
    }
    next();
  };
}
