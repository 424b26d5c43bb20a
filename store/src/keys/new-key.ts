import { randomBytes } from 'node:crypto';
import type { Sql } from '../databases/database';
import { newPrefixedId } from '../ids';
import type { JournaledApiKey } from '../journal/entry';
import { insertion, rowsOf } from '../sql';
import type { KeyScope } from './api-key';
import { hashToken } from './hash-token';

/** The row of a key that is to be made, and its token (`chk_…`). */
export function newKey(wanted: { system: string; user: string | null; scopes: KeyScope[] }): {
  row: JournaledApiKey;
  token: string;
} {
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
  return { row, token };
}

export async function insertKey(on: Sql, row: JournaledApiKey): Promise<void> {
  const [columns, bindings] = insertion({ ...row });
  await rowsOf(on, `insert into api_keys ${columns}`, bindings);
}
