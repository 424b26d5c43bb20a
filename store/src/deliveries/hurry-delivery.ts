import { rowOf } from '../sql';
import type { Store } from '../store';

/**
 * Makes an unfinished delivery due now, and free for the dispatcher in case it
 * has no workflow. False where it is finished or held.
 */
export async function hurryDelivery(store: Store, id: string): Promise<boolean> {
  const now = Date.now();
  const row = await rowOf(
    store.write,
    `update deliveries set next_attempt_at = ?, lease_until = ?
     where id = ? and status in ('pending', 'retrying') returning id`,
    [now, now, id],
  );
  return row !== undefined;
}
