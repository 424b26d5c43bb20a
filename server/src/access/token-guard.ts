import type { Request } from 'express';
import { createLimit } from '../limits/limit';
import { addressKey } from './address';
import { digest } from './same-text';

const WRONG_A_MINUTE = 20;
const LOOKUPS_A_MINUTE = 200;
const REMEMBERED = 10_000;

/** Slows down whoever tries tokens out, and nobody who shares an address with them. */
export interface TokenGuard {
  /**
   * What `find` makes of a token. From an address that has sent 20 wrong ones within a minute, the
   * next wrong ones throw Problem `rate_limited`, and a right one is still let in. Every wrong one
   * costs a look into the database: after 200 of them, only tokens that were right before are looked
   * up for the rest of the minute.
   */
  lookUp<Found>(
    request: Request,
    token: string,
    find: () => Promise<Found | undefined>,
  ): Promise<Found | undefined>;
}

export function createTokenGuard(): TokenGuard {
  const wrong = createLimit({
    name: 'wrong-tokens',
    requests: WRONG_A_MINUTE,
    windowMs: 60_000,
    detail: 'Too many tokens or codes from this address were wrong. Wait a minute, and try again.',
  });
  const right = new Set<string>();

  return {
    async lookUp(request, token, find) {
      const address = addressKey(request);
      // Hashed, so that a dump of the memory has no more tokens in it than before.
      const hash = digest(token).toString('base64');
      if (!right.has(hash) && (await wrong.counted(address)) >= LOOKUPS_A_MINUTE) {
        await wrong.count(request, address);
      }
      const found = await find();
      if (found === undefined) {
        right.delete(hash);
        await wrong.count(request, address);
      } else {
        right.add(hash);
        const [oldest] = right;
        if (right.size > REMEMBERED && oldest !== undefined) right.delete(oldest);
      }
      return found;
    },
  };
}
