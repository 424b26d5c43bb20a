import { rowsOf } from '../sql';
import type { Store } from '../store';

/** How many deliveries are unfinished, by status; tests are left out. */
export async function backlog(store: Store): Promise<{ status: string; deliveries: number }[]> {
  return rowsOf(
    store.read,
    `select status, cast(count(*) as bigint) as deliveries from deliveries
     where finished_at is null and is_test = 0 group by status order by status`,
  );
}
