import { randomBytes } from 'node:crypto';
import { newPrefixedId } from '../ids';
import type { JournaledApiKey } from '../journal/entry';
import { insertion, rowsOf } from '../sql';
import type { Store } from '../store';
import { type ApiKey, type KeyScope, toApiKey } from './api-key';
import { hashToken } from './hash-token';

/**
 * Makes a key and its token (`chk_…`), which is returned here and never again. The key is in the
 * journal, too, before anybody hears of it.
 */
export async function createKey(
  store: Store,
  wanted: { system: string; user: string | null; scopes: KeyScope[] },
): Promise<{ key: ApiKey; token: string }> {
  const token = `chk_${randomBytes(32).toString('base64url')}`;
  const row: JournaledApiKey = {
    id: newPrefixedId('key'),
    token_hash: hashToken(token),
    system: wanted.system,
    user_id: wanted.user,
    scopes: JSON.stringify(wanted.scopes),
    created_at: Date.now(),
    revoked_at: null,
  };
  const [columns, bindings] = insertion({ ...row });
  await rowsOf(store.write, `insert into api_keys ${columns}`, bindings);
  await store.journal?.append([{ apiKey: row }]);
  return { key: toApiKey(row), token };
}
