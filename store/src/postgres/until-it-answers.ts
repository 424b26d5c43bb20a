import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from '../errors';

/** How long a PostgreSQL that is there, and busy or starting, is waited for, in milliseconds. */
const PATIENCE_MS = 30_000;
const ASK_EVERY_MS = 500;

/**
 * Asks until it is answered. What begins beside its database (compose, a machine that boots) would else end
 * because of a slow second. Where nobody listens, or the answer is no, waiting is not for us: that is thrown
 * at once.
 */
export async function untilItAnswers(ask: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!isComing(error) || performance.now() > giveUpAt) throw error;
    }
    await sleep(ASK_EVERY_MS);
  }
}

/** It took too long to say anything, or said that it is starting up (57P03, cannot_connect_now). */
function isComing(error: unknown): boolean {
  if (!(error instanceof DatabaseUnavailable)) return false;
  if (error.outage === 'hangs') return true;
  // What the server itself was found to be, such as a standby, has no cause.
  const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown };
  return code === '57P03' || String(message).includes('timeout expired');
}
