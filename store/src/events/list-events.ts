import { createdWithin } from '../created-within';
import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { type EventRow, type StoredEvent, toEvent } from './event';

/** Events that `scope` may see, newest first. */
export async function listEvents(
  store: Store,
  scope: Scope,
  filter: { type?: string; since?: number; until?: number },
  page: Page,
): Promise<Listed<StoredEvent>> {
  const conditions = visibleTo(scope, 'events');
  where(conditions, 'type = ?', filter.type);
  createdWithin(conditions, { id: 'key', createdAt: 'created_at' }, filter);
  where(conditions, 'key < ?', page.cursor);
  const rows = await rowsOf<EventRow>(
    store.read,
    `select * from events ${whereClause(conditions)} order by key desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toEvent), page.limit, (event) => event.key);
}
