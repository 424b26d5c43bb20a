import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';

/**
 * Deletes an endpoint with its keys and cancels what it had not got yet; the
 * log of its deliveries stays until it is purged.
 *
 * @param only `endedBy`: only where its `endsAt` is not after this (Unix milliseconds).
 * @returns how many deliveries were cancelled; undefined where there was no such endpoint.
 */
export function deleteEndpoint(
  store: Store,
  id: string,
  only: { endedBy?: number } = {},
): Promise<number | undefined> {
  return changeEndpoint(store, id, async (transaction) => {
    const now = Date.now();
    const row = await rowOf(
      transaction,
      `update endpoints set deleted_at = ?, updated_at = ?, verification_lease_until = null,
         headers_sealed = null, challenge_sealed = null
       where id = ? and deleted_at is null ${only.endedBy === undefined ? '' : 'and (ends_at <= ? or detached_until <= ?)'}
       returning id`,
      [now, now, id, ...(only.endedBy === undefined ? [] : [only.endedBy, only.endedBy])],
    );
    if (row === undefined) return undefined;
    await transaction.run('delete from endpoint_keys where endpoint_id = ?', [id]);
    await transaction.run('delete from subscriptions where endpoint_id = ?', [id]);
    return cancelDeliveries(transaction, id, 'endpoint_deleted');
  });
}
