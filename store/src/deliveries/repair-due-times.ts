import { rowsOf } from '../sql';
import type { Store } from '../store';
import { FIRST_ATTEMPT_LEASE_MS } from './reservation';

/** How far the clocks of processes on one database may be apart, in milliseconds. */
const SKEW_MS = 300_000;

/**
 * For when the clock was set back: what was accepted, or last attempted, at a time
 * that is still to come would wait until then. It is made due now, and is free to
 * be taken unless whoever makes its first attempt renews the lease. Returns the
 * ids of those that were attempted before, whose workflows have to be told.
 */
export async function repairDueTimes(store: Store): Promise<string[]> {
  const now = Date.now();
  const repaired = await rowsOf<{ id: string; status: string }>(
    store.write,
    `update deliveries set lease_until = ?, next_attempt_at = ?
     where lease_until > ? and status in ('pending', 'retrying')
       and coalesce((select a.started_at from attempts a
           where a.delivery_id = deliveries.id and a.number = deliveries.attempts), created_at) > ?
     returning id, status`,
    [now + FIRST_ATTEMPT_LEASE_MS, now, now + SKEW_MS, now + SKEW_MS],
  );
  return repaired.flatMap(({ id, status }) => (status === 'retrying' ? [id] : []));
}
