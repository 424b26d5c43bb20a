import type { Sql } from '../../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../../sql';
import type { Store } from '../../store';
import type { KeptEvent } from '../accepted-lately';

/** Those of these events that the database lacks. */
export async function findLost(store: Store, events: readonly KeptEvent[]): Promise<KeptEvent[]> {
  const there = await eventsThere(store, store.read, events);
  return events.filter(({ event }) => !there.has(event.key));
}

/** Keys of those of these events that the database has. */
export async function eventsThere(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Set<string>> {
  const wanted = jsonRows(store.dialect, 'r', { key: 'text' });
  const rows = await rowsOf<{ key: string }>(
    on,
    `select e.key from ${wanted} join events e on e.key = r.key`,
    [jsonParameter(events.map(({ event }) => ({ key: event.key })))],
  );
  return new Set(rows.map(({ key }) => key));
}
