import type { Store } from '../store';
import { type ApiKey, type KeyScope, toApiKey } from './api-key';
import { insertKey, newKey } from './new-key';

/**
 * Makes a key and its token (`chk_…`), which is returned here and never again. The key is in the
 * journal, too, before anybody hears of it.
 */
export async function createKey(
  store: Store,
  wanted: { system: string; user: string | null; scopes: KeyScope[] },
): Promise<{ key: ApiKey; token: string }> {
  const { row, token } = newKey(wanted);
  await insertKey(store.write, row);
  await store.journal?.append([{ apiKey: row }]);
  return { key: toApiKey(row), token };
}
