import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { rowOf, rowsOf } from '../sql';
import type { Store } from '../store';
import { type Delivery, type DeliveryRow, toDelivery } from './delivery';

export interface DeliveryLogFilter {
  endpoint?: string;
  type?: string;
  /** Delivered, or attempted in vain so far. */
  success?: boolean;
}

/** A delivery as the products' own logs show it. */
export interface DeliveryLogEntry extends Delivery {
  /** Its endpoint's URL. */
  url: string;
  /** Why the newest attempt had no answer. */
  lastErrorMessage: string | null;
}

/**
 * A page by offset, newest first, of what was attempted or has ended, and how
 * many there are. Tests are among them.
 */
export async function deliveryLog(
  store: Store,
  scope: Scope,
  filter: DeliveryLogFilter,
  page: { limit: number; offset: number },
): Promise<{ entries: DeliveryLogEntry[]; total: number }> {
  const conditions = visibleTo(scope, 'd');
  conditions.sql.push('(d.attempts > 0 or d.finished_at is not null)');
  where(conditions, 'd.endpoint_id = ?', filter.endpoint);
  where(conditions, 'd.type = ?', filter.type);
  if (filter.success !== undefined) {
    conditions.sql.push(filter.success ? "d.status = 'delivered'" : "d.status <> 'delivered'");
  }
  const [rows, counted] = await Promise.all([
    rowsOf<DeliveryRow & { url: string; error_message: string | null }>(
      store.read,
      `select d.*, e.id as event_id, ep.url,
         (select a.error_message from attempts a
          where a.delivery_id = d.id and a.number = d.attempts) as error_message
       from deliveries d join events e on e.key = d.event_key
         join endpoints ep on ep.id = d.endpoint_id
       ${whereClause(conditions)} order by d.id desc limit ? offset ?`,
      [...conditions.bindings, page.limit, page.offset],
    ),
    rowOf<{ total: number }>(
      store.read,
      `select cast(count(*) as bigint) as total from deliveries d ${whereClause(conditions)}`,
      conditions.bindings,
    ),
  ]);
  return {
    entries: rows.map((row) => ({
      ...toDelivery(row),
      url: row.url,
      lastErrorMessage: row.error_message,
    })),
    total: counted?.total ?? 0,
  };
}
