import { randomBytes } from 'node:crypto';
import { newPrefixedId } from '../ids';
import type { KeyScope } from '../keys/api-key';
import { hashToken } from '../keys/hash-token';
import { insertion, rowsOf } from '../sql';
import type { Store } from '../store';
import { type Invitation, type InvitationRow, toInvitation } from './invitation';

/** How long an invitation that nothing can become of is still listed, in milliseconds. */
const LISTED_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Makes an invitation and its code (`chi_…`), which is returned here and never again, good for `lifetimeMs`
 * milliseconds. Those that have expired long ago go.
 */
export async function createInvitation(
  store: Store,
  wanted: { system: string; user: string | null; scopes: KeyScope[]; lifetimeMs: number },
): Promise<{ invitation: Invitation; code: string }> {
  const now = Date.now();
  const code = `chi_${randomBytes(32).toString('base64url')}`;
  const row: InvitationRow = {
    id: newPrefixedId('inv'),
    system: wanted.system,
    user_id: wanted.user,
    scopes: JSON.stringify(wanted.scopes),
    created_at: now,
    expires_at: now + wanted.lifetimeMs,
    redeemed_at: null,
    revoked_at: null,
    key_id: null,
  };
  const [columns, bindings] = insertion({ ...row, code_hash: hashToken(code) });
  await rowsOf(store.write, `insert into invitations ${columns}`, bindings);
  await rowsOf(store.write, 'delete from invitations where expires_at < ?', [now - LISTED_MS]);
  return { invitation: toInvitation(row), code };
}
