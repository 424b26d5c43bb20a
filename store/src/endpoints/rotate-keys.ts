import { inTransaction } from '../sql';
import type { Store } from '../store';
import { addKeys, type EndpointKeys } from './endpoint-keys';

/** Makes `keys` the endpoint's current ones; the older ones sign along until `overlapUntil` (Unix ms). */
export function rotateKeys(
  store: Store,
  endpointId: string,
  keys: EndpointKeys,
  overlapUntil: number,
): Promise<void> {
  return inTransaction(store, (transaction) =>
    addKeys(store, transaction, endpointId, keys, overlapUntil),
  );
}
