import { type Scope, visibleTo, whereClause } from '../conditions';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { type EventRow, type StoredEvent, toEvent } from './event';

/**
 * The event with this id. Ids are unique for a system and user, so a caller
 * that sees several users may name one; otherwise it gets the newest.
 */
export async function getEvent(
  store: Store,
  id: string,
  scope: Scope,
): Promise<StoredEvent | undefined> {
  const conditions = visibleTo(scope, 'events');
  conditions.sql.push('id = ?');
  const row = await rowOf<EventRow>(
    store.read,
    `select * from events ${whereClause(conditions)} order by key desc limit 1`,
    [...conditions.bindings, id],
  );
  return row && toEvent(row);
}
