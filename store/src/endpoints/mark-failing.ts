import { beginBacklogs } from './begin-backlogs';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';

/** Says that an endpoint does nothing but fail: what comes for it is held from now on. */
export function markFailing(store: Store, endpointId: string): Promise<void> {
  return inTransaction(store, async (transaction) => {
    await transaction.run(
      'update endpoints set failing_since = ? where id = ? and failing_since is null',
      [Date.now(), endpointId],
    );
    await beginBacklogs(store, transaction, [endpointId]);
  });
}

/** Says that an endpoint takes deliveries again. */
export async function markWorking(store: Store, endpointId: string): Promise<void> {
  await rowsOf(
    store.write,

    'update endpoints set failing_since = null where id = ? and failing_since is not null',
    [endpointId],
  );
}
