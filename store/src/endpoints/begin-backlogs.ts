import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows } from '../sql';
import type { Store } from '../store';

/**
 * Has the deliveries of these endpoints wait in the database from now on, where
 * they are pulled in order, until none waits any more.
 */
export async function beginBacklogs(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  endpointIds: readonly string[],
): Promise<void> {
  if (endpointIds.length === 0) return;
  const rows = jsonRows(store.dialect, 'r', { id: 'text' });
  await on.run(
    `update endpoints set backlog_since = ?
     where backlog_since is null and id in (select id from ${rows})`,
    [Date.now(), jsonParameter([...endpointIds].sort().map((id) => ({ id })))],
  );
}
