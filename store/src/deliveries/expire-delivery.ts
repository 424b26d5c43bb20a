import { alertOfFailures } from '../events/delivery-failed';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';

/** Ends a delivery whose 24 h are over; false where it was finished, or has been given more time. */
export function expireDelivery(store: Store, id: string): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const row = await rowOf(
      transaction,
      `update deliveries set status = 'expired', lease_until = null, next_attempt_at = null, finished_at = ?
       where id = ? and finished_at is null and expires_at <= ? returning id`,
      [now, id, now],
    );
    if (row === undefined) return false;
    await alertOfFailures(store, transaction, [id]);
    return true;
  });
}
