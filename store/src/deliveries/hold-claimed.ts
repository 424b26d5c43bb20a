import { beginBacklogs } from '../endpoints/begin-backlogs';
import { inTransaction, jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';

/** Puts claimed deliveries that were not attempted yet into their endpoints' backlogs. */
export async function holdClaimed(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await inTransaction(store, async (transaction) => {
    const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
    const held = await rowsOf<{ endpoint_id: string }>(
      transaction,
      `update deliveries set status = 'held', lease_until = null
       where status = 'pending' and is_test = 0 and id in (select id from ${wanted})
       returning endpoint_id`,
      [jsonParameter(ids.map((id) => ({ id })))],
    );
    await beginBacklogs(store, transaction, [
      ...new Set(held.map(({ endpoint_id }) => endpoint_id)),
    ]);
  });
}
