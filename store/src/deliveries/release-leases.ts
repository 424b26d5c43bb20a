import { rowsOf } from '../sql';
import type { Store } from '../store';

/**
 * Lets the dispatcher take every unfinished delivery and pending verification
 * at once: for when Temporal has lost its workflows, and, with the first attempts
 * that were under way, for a start after a crash. Starting a workflow that still
 * runs does nothing.
 */
export async function releaseLeases(
  store: Store,
  which: { firstAttempts: boolean },
): Promise<void> {
  const now = Date.now();
  const status = which.firstAttempts ? '' : `and status <> 'pending'`;
  await rowsOf(
    store.write,

    `update deliveries set lease_until = ?
     where lease_until is not null and lease_until > ? ${status}`,
    [now, now],
  );
  await rowsOf(
    store.write,

    `update endpoints set verification_lease_until = ?
     where verification_lease_until is not null and verification_lease_until > ?`,
    [now, now],
  );
}
