import { type Scope, visibleTo, whereClause } from '../conditions';
import { rowsOf } from '../sql';
import type { Store } from '../store';

/** How long the last attempts of the newest finished deliveries took, in milliseconds, oldest first. */
export async function recentLatencies(
  store: Store,
  scope: Scope,
  limit: number,
): Promise<number[]> {
  const conditions = visibleTo(scope, 'd');
  conditions.sql.push(
    "d.status in ('delivered', 'failed', 'expired', 'cancelled')",
    'd.is_test = 0',
  );
  const rows = await rowsOf<{ duration_ms: number }>(
    store.read,
    `select a.duration_ms from deliveries d
     join attempts a on a.delivery_id = d.id and a.number = d.attempts
     ${whereClause(conditions)} order by d.id desc limit ?`,
    [...conditions.bindings, limit],
  );
  return rows.map((row) => row.duration_ms).reverse();
}
