import type { Sql } from '../databases/database';
import { beginBacklogs } from '../endpoints/begin-backlogs';
import { createGroupCommit, type GroupCommit } from '../group-commit';
import { committerOf } from '../committer-of';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';

/**
 * Puts claimed deliveries, by id, that were not attempted yet into their endpoints'
 * backlogs. When an endpoint begins to fail, all that wait for their turn are put
 * there at once: they share a transaction.
 */
export type Holds = GroupCommit<string, undefined>;

const MAX_HOLDS_PER_TRANSACTION = 500;

/** One for each process. */
export function createHolds(store: Store): Holds {
  return createGroupCommit<string, undefined, Sql>(
    committerOf(store),
    { write: (on, ids) => hold(store, on, ids) },
    { maxWeight: MAX_HOLDS_PER_TRANSACTION },
  );
}

async function hold(store: Store, on: Sql, ids: string[]): Promise<undefined[]> {
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const held = await rowsOf<{ endpoint_id: string }>(
    on,
    `update deliveries set status = 'held', lease_until = null
     where status = 'pending' and is_test = 0 and id in (select id from ${wanted})
     returning endpoint_id`,
    [jsonParameter(ids.map((id) => ({ id })))],
  );
  await beginBacklogs(store, on, [...new Set(held.map(({ endpoint_id }) => endpoint_id))]);
  return ids.map(() => undefined);
}
