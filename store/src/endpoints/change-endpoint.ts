import type { Sql } from '../databases/database';
import { stateToJournal } from '../journal/read-states';
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
  const { result, states } = await inTransaction(store, async (transaction) => {
    const made = await work(transaction);
    const isChanged = made !== undefined && made !== false;
    return { result: made, states: isChanged ? await stateToJournal(store, transaction, id) : [] };
  });
  await store.journal?.append(states);
  return result;
}
