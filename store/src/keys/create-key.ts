import { rowsOf } from '../sql';
import { randomBytes } from 'node:crypto';
import { newPrefixedId } from '../ids';
import type { Store } from '../store';
import type { ApiKey, KeyScope } from './api-key';
import { hashToken } from './hash-token';

/** Makes a key and its token (`chk_…`), which is returned here and never again. */
export async function createKey(
  store: Store,
  wanted: { system: string; user: string | null; scopes: KeyScope[] },
): Promise<{ key: ApiKey; token: string }> {
  const token = `chk_${randomBytes(32).toString('base64url')}`;
  const key: ApiKey = {
    id: newPrefixedId('key'),
    ...wanted,
    createdAt: Date.now(),
    revokedAt: null,
  };
  await rowsOf(
    store.write,

    'insert into api_keys (id, token_hash, system, user_id, scopes, created_at) values (?, ?, ?, ?, ?, ?)',
    [key.id, hashToken(token), key.system, key.user, JSON.stringify(key.scopes), key.createdAt],
  );
  return { key, token };
}
