import type { DeliveryErrorCode } from '@careerhooks/systems';
import { createdWithin } from '../created-within';
import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import type { DeliveryStatus } from '../deliveries/delivery';

/** Of a delivery whose place a newer event has taken. */
const SUPERSEDED = 'superseded' satisfies DeliveryErrorCode;

/** Deliveries of one system and type in one status. */
export interface StatsRow {
  system: string;
  type: string;
  status: DeliveryStatus;
  deliveries: number;
  /** How many of them were attempted at all. */
  attempted: number;
  /** Attempts of all of them together. */
  attempts: number;
  /** How many of them were never to go out, since a newer one took their place (`System.throttle`). */
  superseded: number;
}

/**
 * Counts deliveries that were created since `since` (Unix milliseconds) by
 * system, type and status; tests are left out.
 */
export async function deliveryStats(
  store: Store,
  scope: Scope,
  filter: { since?: number; endpoint?: string },
): Promise<StatsRow[]> {
  const conditions = visibleTo(scope, 'd');
  conditions.sql.push('d.is_test = 0');
  createdWithin(conditions, { id: 'd.id', createdAt: 'd.created_at' }, { since: filter.since });
  where(conditions, 'd.endpoint_id = ?', filter.endpoint);
  return rowsOf<StatsRow>(
    store.read,
    `select d.system as system, d.type as type, d.status as status,
       cast(count(*) as bigint) as deliveries,
       cast(count(case when d.attempts > 0 then 1 end) as bigint) as attempted,
       cast(sum(d.attempts) as bigint) as attempts,
       cast(count(case when d.status = 'cancelled' and d.attempts = 0
         and d.last_error_code = '${SUPERSEDED}' then 1 end) as bigint) as superseded
     from deliveries d ${whereClause(conditions)} group by d.system, d.type, d.status
     order by d.system, d.type, d.status`,
    conditions.bindings,
  );
}
