import { rowsOf } from './sql';
import type { Store } from './store';

/** Throws where the database does not answer. */
export async function ping(store: Store): Promise<void> {
  await rowsOf(store.write, 'select 1');
}
