import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { addKeys } from './endpoint-keys';
import type { EndpointKeys } from './sealed-values';

/**
 * Makes `keys` the endpoint's current ones; the older ones sign along until
 * `overlapUntil` (Unix ms). False where there is no such endpoint.
 */
export function rotateKeys(
  store: Store,
  endpointId: string,
  keys: EndpointKeys,
  overlapUntil: number,
): Promise<boolean> {
  return changeEndpoint(store, endpointId, async (transaction) => {
    // Locks the endpoint: rotations at the same time would not see each other's keys.
    const row = await rowOf(
      transaction,
      'update endpoints set updated_at = ? where id = ? and deleted_at is null returning id',
      [Date.now(), endpointId],
    );
    if (row === undefined) return false;
    await addKeys(store, transaction, endpointId, keys, overlapUntil);
    return true;
  });
}
