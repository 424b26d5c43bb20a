import { alertOfFailures } from '../events/delivery-failed';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';

/** How long a workflow may be late to expire its own delivery, in milliseconds. */
const GRACE_MS = 60_000;

/**
 * What no workflow does: expires held deliveries whose 24 h are over, and any
 * other that was left unfinished well past that; and releases held ones whose
 * endpoint became active while they were being written.
 */
export function sweepDeliveries(store: Store): Promise<void> {
  const now = Date.now();
  return inTransaction(store, async (transaction) => {
    const expired = await rowsOf<{ id: string; critical: number }>(
      transaction,
      `update deliveries set status = 'expired', lease_until = null, next_attempt_at = null, finished_at = ?
       where finished_at is null and expires_at <= ? and (status = 'held' or expires_at <= ?)
       returning id, critical`,
      [now, now, now - GRACE_MS],
    );
    const critical = expired.filter((row) => row.critical === 1);
    await alertOfFailures(
      store,
      transaction,
      critical.map(({ id }) => id),
    );
    await transaction.raw(
      `update deliveries
       set status = case when attempts > attempts_before_round then 'retrying' else 'pending' end, lease_until = ?
       where finished_at is null and is_test = 0 and status = 'held'
         and endpoint_id in (select id from endpoints where status = 'active')`,
      [now],
    );
  });
}
