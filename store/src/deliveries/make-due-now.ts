import { rowOf } from '../sql';
import type { Store } from '../store';

/**
 * Makes an unfinished delivery due now, and free for the dispatcher in case it
 * has no workflow; one whose first attempt is under way stays with whoever makes
 * it. False where it is finished or held.
 */
export async function makeDueNow(store: Store, id: string): Promise<boolean> {
  const now = Date.now();
  const row = await rowOf(
    store.write,
    `update deliveries set
       lease_until = case when status = 'retrying' or next_attempt_at > ? then ? else lease_until end,
       next_attempt_at = ?
     where id = ? and status in ('pending', 'retrying') returning id`,
    [now, now, now, id],
  );
  return row !== undefined;
}
