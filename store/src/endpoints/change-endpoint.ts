import type { Sql } from '../databases/database';
import { inTransaction } from '../sql';
import type { Store } from '../store';

/**
 * Runs a change of one endpoint in one transaction. Where it changed something (its result is
 * neither undefined nor false), the change is in the journal, too, before anybody hears of it.
 */
export async function changeEndpoint<Result>(
  store: Store,
  id: string,
  work: (transaction: Sql) => Promise<Result>,
): Promise<Result> {
  const result = await inTransaction(store, work);
  if (result !== undefined && result !== false) await store.journal?.record(id);
  return result;
}
