import type { Store } from '@careerhooks/store';
import { openExistingStore } from '../existing-store';
import { readSettings } from '../settings';

/** Opens the settings' database for as long as `work` takes. */
export async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openExistingStore(readSettings(process.env));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
