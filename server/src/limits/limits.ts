import type { Request } from 'express';
import type { Caller } from '../access/caller';
import { createTokenGuard, type TokenGuard } from '../access/token-guard';
import { createLimit } from './limit';

const OUTGOING_A_MINUTE = 60;

/** What keeps one caller from taking what all of them share. */
export interface Limits {
  /**
   * Counts a request of a caller, and again where it makes us send one of our own. Throws Problem
   * `rate_limited`. The admin, who can do anything anyway, is not counted.
   */
  count(request: Request, caller: Caller, call: { outgoing: boolean }): Promise<void>;
  /** What wrong bearer tokens meet. */
  tokens: TokenGuard;
}

/** @param requestsPerSecond what one key may ask for; 0 for any number. */
export function createLimits(requestsPerSecond: number): Limits {
  const requests =
    requestsPerSecond === 0
      ? undefined
      : createLimit({
          name: 'requests',
          requests: requestsPerSecond,
          windowMs: 1_000,
          detail: 'Wait as long as Retry-After says; publish several events in one request.',
        });
  const outgoing = createLimit({
    name: 'outgoing',
    requests: OUTGOING_A_MINUTE,
    windowMs: 60_000,
    detail: `This call sends a request to a URL: ${OUTGOING_A_MINUTE} a minute for a key. Wait as long as Retry-After says.`,
  });
  return {
    async count(request, caller, call) {
      const key = caller.kind === 'admin' ? undefined : caller.countedAs;
      if (key === undefined) return;
      await requests?.count(request, key);
      if (call.outgoing) await outgoing.count(request, key);
    },
    tokens: createTokenGuard(),
  };
}
