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
  /** Attempts made so far. */
  attempts: number;
  nextAttemptAt: number;
  expiresAt: number;
}

interface ClaimedRow {
  id: string;
  system: string;
  type: string;
  endpoint_id: string;
  url: string;
  attempts: number;
  next_attempt_at: number | null;
  expires_at: number;
}

/**
 * Takes deliveries whose lease has run out (new ones are born that way) and
 * leases them until `leaseUntil`. Of an ordered endpoint only the oldest
 * unfinished one is taken, and what waits for another is left until that was attempted. Several processes may claim at once: none waits for
 * another's rows, and none gets the same.
 */
export async function claimDeliveries(
  store: Store,
  claim: { limit: number; leaseUntil: number },
): Promise<ClaimedDelivery[]> {
  const lock = store.dialect === 'postgres' ? 'for update of d skip locked' : '';
  const rows = await rowsOf<ClaimedRow>(
    store.write,
    // Materialized: PostgreSQL may otherwise run the subquery, limit and all, more than once.
    `with due as materialized (
       select d.id from deliveries d join endpoints ep on ep.id = d.endpoint_id
       where d.lease_until <= ? and (ep.ordered = 0 or not exists (
         select 1 from deliveries older
         where older.endpoint_id = d.endpoint_id and older.finished_at is null and older.is_test = 0
           and older.id < d.id))
         and (d.waits_for is null or not exists (
           select 1 from deliveries first
           where first.id = d.waits_for and first.finished_at is null and first.attempts = 0))
       order by d.lease_until, d.id limit ? ${lock})
     update deliveries set lease_until = ? where id in (select id from due)
     returning id, system, type, endpoint_id, attempts, next_attempt_at, expires_at,
       (select url from endpoints where endpoints.id = deliveries.endpoint_id) as url`,
    [Date.now(), claim.limit, claim.leaseUntil],
  );
  return rows
    .map((row) => ({
      id: row.id,
      system: row.system,
      type: row.type,
      endpointId: row.endpoint_id,
      url: row.url,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at ?? 0,
      expiresAt: row.expires_at,
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}
