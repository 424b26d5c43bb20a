import { createdWithin } from '../created-within';
import { rowsOf, visibleTo, where, whereClause } from '../sql';
import type { Scope, Store } from '../store';
import type { DeliveryStatus } from '../deliveries/delivery';

/** Deliveries of one system and type in one status. */
export interface StatsRow {
  system: string;
  type: string;
  status: DeliveryStatus;
  deliveries: number;
  /** Attempts of all of them together. */
  attempts: number;
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
       cast(count(*) as bigint) as deliveries, cast(sum(d.attempts) as bigint) as attempts
     from deliveries d ${whereClause(conditions)} group by d.system, d.type, d.status
     order by d.system, d.type, d.status`,
    conditions.bindings,
  );
}
