import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Says until when somebody works on a change that is not finished. */
export async function extendCvLease(store: Store, id: string, leaseUntil: number): Promise<void> {
  await rowsOf(
    store.write,

    "update cv_changes set lease_until = ? where id = ? and status = 'processing'",
    [leaseUntil, id],
  );
}
