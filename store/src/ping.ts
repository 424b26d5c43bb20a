import type { Store } from './store';

/** Throws where the database does not answer. */
export async function ping(store: Store): Promise<void> {
  await store.write.raw('select 1');
}
