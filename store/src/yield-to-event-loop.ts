import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longer than most of what is done in one turn of the event loop, in milliseconds. */
const LONG_MS = 5;

let began: number | undefined;

/**
 * Lets the event loop turn where this turn has asked the database for long.
 * SQLite answers within the turn, so that one question after the other would keep
 * everything else waiting until the last: requests, timers and answers of receivers.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (began === undefined) {
    began = performance.now();
    setImmediate(() => (began = undefined));
  } else if (performance.now() - began > LONG_MS) await nextTurn();
}
