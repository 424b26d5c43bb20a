import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporalConnection } from '@careerhooks/worker';
import type { Shutdown } from './shutdown';
import type { Temporal } from './start-temporal';

/** What Temporal leaves unanswered does not hold up a stop for longer, in milliseconds. */
const PATIENCE_MS = 1_000;

/** Connects beside whatever else goes on; rejects where a setting has to be changed first. */
export function connectTo(
  temporal: Temporal,
  shutdown: Shutdown,
  use: (connection: TemporalConnection, signal: AbortSignal) => Promise<void> | void,
): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const connected = temporal
    .connect(signal)
    .then((connection) => (signal.aborted ? undefined : use(connection, signal)));
  // Whoever started us awaits it; after a stop it may fail unheard.
  const settled = connected.catch(() => undefined);
  shutdown.add(() => {
    stopping.abort();
    return Promise.race([settled, sleep(PATIENCE_MS, undefined, { ref: false })]);
  });
  return connected;
}
