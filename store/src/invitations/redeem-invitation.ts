import { type ApiKey, toApiKey } from '../keys/api-key';
import { hashToken } from '../keys/hash-token';
import { insertKey, newKey } from '../keys/new-key';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { type InvitationRow, toInvitation } from './invitation';

/**
 * Makes the key that an invitation is for, and its token. Undefined, after the same work, where the
 * code is not known, was redeemed or revoked, or has expired. Of those that redeem one at the same time,
 * one gets a key.
 */
export async function redeemInvitation(
  store: Store,
  code: string,
): Promise<{ key: ApiKey; token: string } | undefined> {
  const now = Date.now();
  const made = await inTransaction(store, async (transaction) => {
    const row = await rowOf<InvitationRow>(
      transaction,
      `update invitations set redeemed_at = ?
       where code_hash = ? and redeemed_at is null and revoked_at is null and expires_at > ?
       returning *`,
      [now, hashToken(code), now],
    );
    if (row === undefined) return undefined;
    const key = newKey(toInvitation(row));
    await insertKey(transaction, key.row);
    await transaction.run('update invitations set key_id = ? where id = ?', [key.row.id, row.id]);
    return key;
  });
  if (made === undefined) return undefined;
  await store.journal?.append([{ apiKey: made.row }]);
  return { key: toApiKey(made.row), token: made.token };
}
