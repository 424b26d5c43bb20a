import type { Sql } from '../databases/database';
import { inTransaction, rowOf, rowsOf } from '../sql';
import type { OpenDatabase } from '../open-database';

const SETTING = 'endpoints_purged_before';

/** Removes endpoints that were deleted before `before` and have no delivery left in the log. */
export function purgeEndpoints(store: OpenDatabase, before: number): Promise<number> {
  return inTransaction(store, async (transaction) => {
    const rows = await rowsOf(
      transaction,
      `delete from endpoints where deleted_at < ? and not exists (
         select 1 from deliveries d where d.endpoint_id = endpoints.id)
       returning id`,
      [before],
    );
    if (rows.length > 0) {
      await transaction.run(
        `insert into settings (name, value) values (?, ?)
         on conflict (name) do update set value = excluded.value`,
        [SETTING, String(Math.max(before, await purgedBefore(transaction)))],
      );
    }
    return rows.length;
  });
}

/** What was deleted before this (Unix milliseconds) may have been purged, and nothing else was. */
export async function purgedBefore(on: Sql): Promise<number> {
  const row = await rowOf<{ value: string }>(on, 'select value from settings where name = ?', [
    SETTING,
  ]);
  return Number(row?.value ?? 0);
}
