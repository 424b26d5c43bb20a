import { rowOf } from '../sql';
import type { Store } from '../store';

/** Cancels one delivery; false where it was finished already. */
export async function cancelDelivery(store: Store, id: string): Promise<boolean> {
  const row = await rowOf(
    store.write,
    `update deliveries set status = 'cancelled', lease_until = null, next_attempt_at = null, finished_at = ?
     where id = ? and finished_at is null returning id`,
    [Date.now(), id],
  );
  return row !== undefined;
}
