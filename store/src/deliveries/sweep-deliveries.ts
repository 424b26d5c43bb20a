import { alertOfFailures } from '../events/delivery-failed';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';

/** How long a workflow may be late to expire its own delivery, in milliseconds. */
const GRACE_MS = 60_000;

/**
 * What no workflow does: expires held deliveries whose 24 h are over, and any
 * other that was left unfinished well past that; and finds the backlogs of active
 * endpoints that ended while something was written into them.
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
    await transaction.run(
      `update endpoints set backlog_since = ?
       where backlog_since is null and status = 'active' and deleted_at is null
         and exists (select 1 from deliveries d
           where d.endpoint_id = endpoints.id and d.status = 'held')`,
      [now],
    );
  });
}
