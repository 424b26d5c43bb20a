import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

const TRY_AGAIN_MS = 1_000;
const SAY_AGAIN_AFTER_MS = 30_000;

/**
 * Tries until it succeeds, once a second, and says now and then why it does not.
 *
 * @throws the last failure where `signal` aborts before
 */
export async function persist<Result>(
  work: () => Promise<Result>,
  { signal, log, why }: { signal: AbortSignal; log: Logger; why: string },
): Promise<Result> {
  let saidAt = -Infinity;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (performance.now() - saidAt > SAY_AGAIN_AFTER_MS) {
        saidAt = performance.now();
        log.warn({ err: error }, `${why}; trying on`);
      }
    }
    await sleep(TRY_AGAIN_MS, undefined, { signal });
  }
}
