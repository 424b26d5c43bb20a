import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Removes finished changes that were received before `before` from the history. */
export async function purgeCvChanges(store: Store, before: number): Promise<number> {
  const rows = await rowsOf(
    store.write,
    'delete from cv_changes where received_at < ? and finished_at is not null returning id',
    [before],
  );
  return rows.length;
}
