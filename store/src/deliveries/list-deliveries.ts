import { createdWithin } from '../created-within';
import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import {
  type Delivery,
  type DeliveryRow,
  type DeliveryStatus,
  SELECT_DELIVERIES,
  toDelivery,
} from './delivery';

export interface DeliveryFilter {
  endpoint?: string;
  /** The event's id. */
  event?: string;
  status?: DeliveryStatus;
  type?: string;
  /** Unix milliseconds, inclusive. */
  since?: number;
  /** Unix milliseconds, exclusive. */
  until?: number;
}

/** Deliveries that `scope` may see, newest first. */
export async function listDeliveries(
  store: Store,
  scope: Scope,
  filter: DeliveryFilter,
  page: Page,
): Promise<Listed<Delivery>> {
  // Both carry the owner: with an event, SQLite is to find the event first, by id and owner, and
  // not to go through all of the owner's deliveries.
  const conditions = visibleTo(scope, filter.event === undefined ? 'd' : 'e');
  where(conditions, 'd.endpoint_id = ?', filter.endpoint);
  where(conditions, 'e.id = ?', filter.event);
  where(conditions, 'd.status = ?', filter.status);
  where(conditions, 'd.type = ?', filter.type);
  createdWithin(conditions, { id: 'd.id', createdAt: 'd.created_at' }, filter);
  where(conditions, 'd.id < ?', page.cursor);
  const rows = await rowsOf<DeliveryRow>(
    store.read,
    `${SELECT_DELIVERIES} ${whereClause(conditions)} order by d.id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toDelivery), page.limit, (delivery) => delivery.id);
}
