import { rowsOf } from '../sql';
import type { Store } from '../store';

/** What a delivery workflow is started with: ids and times, no secret and no body. */
export interface ClaimedDelivery {
  id: string;
  system: string;
  type: string;
  endpointId: string;
  /** The endpoint's URL, of which only the host may be shown. */
  url: string;
  /** Deliveries a second that the endpoint wants at most. */
  ratePerSecond: number | null;
  /** Whether it was not attempted yet, in this round. */
  isFirst: boolean;
  /** Attempts made so far. */
  attempts: number;
  nextAttemptAt: number;
  expiresAt: number;
}

export interface ClaimedRow {
  id: string;
  system: string;
  type: string;
  endpoint_id: string;
  url: string;
  rate_per_second: number | null;
  attempts: number;
  attempts_before_round: number;
  next_attempt_at: number | null;
  expires_at: number;
}

/** Of what is leased at all. */
const STATUSES = { first: 'pending', attempted: 'retrying' };

/** For RETURNING, of an UPDATE of deliveries. */
export const CLAIMED_COLUMNS = `id, system, type, endpoint_id, attempts, attempts_before_round,
  next_attempt_at, expires_at,
  (select url from endpoints where endpoints.id = deliveries.endpoint_id) as url,
  (select rate_per_second from endpoints where endpoints.id = deliveries.endpoint_id) as rate_per_second`;

/**
 * Takes deliveries whose lease has run out and leases them until `leaseUntil`;
 * what waits for another is left until that was attempted. `which` are those that
 * were not attempted yet in this round, or those that were. Several processes may
 * claim at once: none waits for another's rows, and none gets the same.
 */
export async function claimDeliveries(
  store: Store,
  claim: { limit: number; leaseUntil: number; which?: 'first' | 'attempted' },
): Promise<ClaimedDelivery[]> {
  const lock = store.dialect === 'postgres' ? 'for update of d skip locked' : '';
  const which = claim.which === undefined ? '' : `and d.status = '${STATUSES[claim.which]}'`;
  const rows = await rowsOf<ClaimedRow>(
    store.write,
    // Materialized: PostgreSQL may otherwise run the subquery, limit and all, more than once.
    `with due as materialized (
       select d.id from deliveries d
       where d.lease_until <= ? ${which} and (d.waits_for is null or not exists (
         select 1 from deliveries first
         where first.id = d.waits_for and first.finished_at is null and first.attempts = 0))
       order by d.lease_until, d.id limit ? ${lock})
     update deliveries set lease_until = ? where id in (select id from due)
     returning ${CLAIMED_COLUMNS}`,
    [Date.now(), claim.limit, claim.leaseUntil],
  );
  return rows.map(toClaimed).sort((left, right) => (left.id < right.id ? -1 : 1));
}

export function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    id: row.id,
    system: row.system,
    type: row.type,
    endpointId: row.endpoint_id,
    url: row.url,
    ratePerSecond: row.rate_per_second,
    isFirst: row.attempts <= row.attempts_before_round,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at ?? 0,
    expiresAt: row.expires_at,
  };
}
