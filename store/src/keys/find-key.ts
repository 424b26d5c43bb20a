import { ACCEPT_MS } from '../committer-of';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { type ApiKey, type ApiKeyRow, toApiKey } from './api-key';
import { hashToken } from './hash-token';

/** The key that `token` belongs to, unless it was revoked. */
export async function findKey(store: Store, token: string): Promise<ApiKey | undefined> {
  const row = await rowOf<ApiKeyRow>(
    store.read,
    'select * from api_keys where token_hash = ? and revoked_at is null',
    [hashToken(token)],
    // Whoever publishes waits for it.
    { withinMs: ACCEPT_MS },
  );
  return row && toApiKey(row);
}
