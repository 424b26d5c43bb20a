import type { Store } from '../store';

/**
 * Lets the dispatcher take every unfinished delivery and pending verification
 * at once: for a start after a crash, and for when Temporal has lost its
 * workflows. Starting a workflow that still runs does nothing.
 */
export async function releaseLeases(store: Store): Promise<void> {
  const now = Date.now();
  await store.write.raw(
    'update deliveries set lease_until = ? where lease_until is not null and lease_until > ?',
    [now, now],
  );
  await store.write.raw(
    `update endpoints set verification_lease_until = ?
     where verification_lease_until is not null and verification_lease_until > ?`,
    [now, now],
  );
}
