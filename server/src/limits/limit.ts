import type { Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from '../problems/problem';

/** So many requests of one key, a caller's or an address's, in a window of time; counted in this process. */
export interface Limit {
  /**
   * Counts a request, and gives its answer the `RateLimit` headers of the IETF's draft 8. Throws
   * Problem `rate_limited`, with Retry-After on the answer, once there were too many.
   */
  count(request: Request, key: string): Promise<void>;
  /** How many were counted in the window that is open. */
  counted(key: string): Promise<number>;
}

/**
 * @param name what the headers call it
 * @param detail what whoever reached it can do
 */
export function createLimit(given: {
  name: string;
  requests: number;
  windowMs: number;
  detail: string;
}): Limit {
  const keys = new WeakMap<Request, string>();
  const middleware = rateLimit({
    windowMs: given.windowMs,
    limit: given.requests,
    identifier: given.name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => keys.get(request) ?? '',
    handler: () => {
      throw new Problem('rate_limited', given.detail);
    },
  });
  return {
    count(request, key) {
      keys.set(request, key);
      return new Promise((resolve, reject) => {
        if (request.res === undefined) throw new Error('Express gives every request its response.');
        void middleware(request, request.res, (error?: unknown) => {
          if (error instanceof Error) reject(error);
          else resolve();
        });
      });
    },
    async counted(key) {
      return (await middleware.getKey(key))?.totalHits ?? 0;
    },
  };
}
