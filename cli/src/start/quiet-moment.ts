import type { Server } from 'node:http';

/** Turns of the event loop in a row in which nothing came. */
const QUIET_TURNS = 20;
/** A server that is never quiet has to stop, too; in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Resolves right after the event loop has looked, several times, and no connection and no request was
 * there. A server that stops listening resets what waits to be accepted: with a proxy before it that
 * does not know yet, each a request that was sent, and that the proxy may not send again.
 */
export async function quietMoment(server: Server): Promise<void> {
  let came = 0;
  const note = (): void => void (came += 1);
  server.on('connection', note).on('request', note);
  const giveUpAt = performance.now() + PATIENCE_MS;
  let quiet = 0;
  while (quiet < QUIET_TURNS && performance.now() < giveUpAt) {
    const before = came;
    await new Promise((resolve) => setImmediate(resolve));
    quiet = came === before ? quiet + 1 : 0;
  }
  server.off('connection', note).off('request', note);
}
