import type { TemporalConnection } from '@careerhooks/worker';
import type { Ending } from './ending';
import type { Temporal } from './start-temporal';

/** Connects beside whatever else goes on; rejects where Temporal will never answer. */
export function connectTo(
  temporal: Temporal,
  ending: Ending,
  use: (connection: TemporalConnection) => Promise<void> | void,
): Promise<void> {
  const stopping = new AbortController();
  const connected = temporal.connect(stopping.signal).then(use);
  // Whoever started us awaits it; after a stop it may fail unheard.
  const settled = connected.catch(() => undefined);
  ending.add(() => {
    stopping.abort();
    return settled;
  });
  return connected;
}
