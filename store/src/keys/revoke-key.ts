import { rowOf } from '../sql';
import type { Store } from '../store';
import { type ApiKey, type ApiKeyRow, toApiKey } from './api-key';

/** Ends a key at once; revoking it again changes nothing. Undefined where there is none. */
export async function revokeKey(store: Store, id: string): Promise<ApiKey | undefined> {
  const row = await rowOf<ApiKeyRow>(
    store.write,
    'update api_keys set revoked_at = coalesce(revoked_at, ?) where id = ? returning *',
    [Date.now(), id],
  );
  return row && toApiKey(row);
}
