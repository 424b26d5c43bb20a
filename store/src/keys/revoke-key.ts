import type { JournaledApiKey } from '../journal/entry';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { type ApiKey, toApiKey } from './api-key';

/**
 * Ends a key at once; revoking it again changes nothing. Undefined where there is none. The
 * revocation is in the journal, too, before anybody hears of it.
 */
export async function revokeKey(store: Store, id: string): Promise<ApiKey | undefined> {
  const row = await rowOf<JournaledApiKey>(
    store.write,
    'update api_keys set revoked_at = coalesce(revoked_at, ?) where id = ? returning *',
    [Date.now(), id],
  );
  if (row === undefined) return undefined;
  await store.journal?.append([{ apiKey: row }]);
  return toApiKey(row);
}
