import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';

/**
 * Has the steps of a failed change that were not done made again; false where it has not failed, or
 * where the CV itself was not changed by it (then `commitCvChange` repeats all of it).
 */
export function reopenCvChange(store: Store, id: string): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const row = await rowOf(
      transaction,
      `update cv_changes set status = 'processing', finished_at = null, processing_ms = null,
         error_code = null, error_message = null, lease_until = ?
       where id = ? and status = 'failed' and exists (
         select 1 from cv_steps where change_id = cv_changes.id and step = 'database' and status = 'completed')
       returning id`,
      [Date.now(), id],
    );
    if (row === undefined) return false;
    await transaction.run(
      "update cv_steps set status = 'retrying' where change_id = ? and status = 'failed'",
      [id],
    );
    return true;
  });
}
