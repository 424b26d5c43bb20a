import { rowOf } from '../sql';
import type { Store } from '../store';
import { type Invitation, type InvitationRow, toInvitation } from './invitation';

/**
 * Ends an invitation at once; revoking it again changes nothing. Undefined where there is none. The key
 * of one that was redeemed stays.
 */
export async function revokeInvitation(store: Store, id: string): Promise<Invitation | undefined> {
  const row = await rowOf<InvitationRow>(
    store.write,
    'update invitations set revoked_at = coalesce(revoked_at, ?) where id = ? returning *',
    [Date.now(), id],
  );
  return row && toInvitation(row);
}
