import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';

/**
 * Deletes an endpoint with its keys and cancels what it had not got yet; the
 * log of its deliveries stays until it is purged. False where there was none.
 */
export function deleteEndpoint(store: Store, id: string): Promise<boolean> {
  return changeEndpoint(store, id, async (transaction) => {
    const now = Date.now();
    const row = await rowOf(
      transaction,
      `update endpoints set deleted_at = ?, updated_at = ?, verification_lease_until = null,
         headers_sealed = null, challenge_sealed = null
       where id = ? and deleted_at is null returning id`,
      [now, now, id],
    );
    if (row === undefined) return false;
    await transaction.run('delete from endpoint_keys where endpoint_id = ?', [id]);
    await transaction.run('delete from subscriptions where endpoint_id = ?', [id]);
    await cancelDeliveries(transaction, id, 'endpoint_deleted');
    return true;
  });
}
