import { endEndpoints, type Store, sweepDeliveries } from '@careerhooks/store';
import type { Logger } from 'pino';
import { REST_MS } from './timing';

/**
 * Puts right, now and then, what no other work meets: what has expired, and endpoints whose time is over.
 *
 * - *Due*: at first, 15 s after the last sweep, or a second after `soon`. `run` sweeps.
 * - *Done*: it has swept, or tried to, a moment ago. `run` does nothing.
 */
export interface Sweep {
  /** Sweeps, unless it did so a moment ago. */
  run(): Promise<void>;
  /** Something was left that should not wait for long: sweeps within about a second. */
  soon(): void;
}

const SWEEP_EVERY_MS = 15_000;

export function createSweep(store: Store, log: Logger): Sweep {
  let sweptAt = -Infinity;
  return {
    async run() {
      if (performance.now() - sweptAt < SWEEP_EVERY_MS) return;
      sweptAt = performance.now();
      await sweepDeliveries(store);
      for (const ended of await endEndpoints(store, Date.now())) {
        log.info({ endpoint: ended.id, cancelled: ended.cancelled }, 'an endpoint has ended');
      }
    },
    soon() {
      sweptAt = Math.min(sweptAt, performance.now() - SWEEP_EVERY_MS + REST_MS);
    },
  };
}
