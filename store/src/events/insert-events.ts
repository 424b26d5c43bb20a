import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, writeRows } from '../sql';
import type { Store } from '../store';
import type { Candidate } from './candidate';

const COLUMNS = {
  key: 'text',
  id: 'text',
  system: 'text',
  user_id: 'text',
  type: 'text',
  data: 'text',
  previous_attributes: 'text',
  idempotency_key: 'text',
  content_hash: 'text',
  created_at: 'bigint',
} as const;

/** Writes the events that were not there before, by id or idempotency key, and gives their keys. */
export async function insertEvents(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  candidates: readonly Candidate[],
): Promise<Set<string>> {
  const inserted = (await writeRows(
    on,
    { dialect: store.dialect, columns: COLUMNS, rows: candidates },
    (rows) =>
      `insert into events (key, id, system, user_id, type, data, previous_attributes, idempotency_key,
         content_hash, created_at)
       select key, id, system, user_id, type, data, previous_attributes, idempotency_key, content_hash, created_at
       from ${rows} where true
       on conflict do nothing returning key`,
  )) as { key: string }[];
  return new Set(inserted.map((row) => row.key));
}

/** Takes events back, by key, within the transaction that wrote them. */
export async function deleteEvents(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  keys: ReadonlySet<string>,
): Promise<void> {
  if (keys.size === 0) return;
  const rows = jsonRows(store.dialect, 'r', { key: 'text' });
  await on.run(`delete from events where key in (select key from ${rows})`, [
    jsonParameter([...keys].map((key) => ({ key }))),
  ]);
}
