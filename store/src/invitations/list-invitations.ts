import { where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { type Invitation, type InvitationRow, toInvitation } from './invitation';

/** Invitations, newest first: also those that were redeemed, revoked, or have expired. */
export async function listInvitations(store: Store, page: Page): Promise<Listed<Invitation>> {
  const conditions = { sql: [], bindings: [] };
  where(conditions, 'id < ?', page.cursor);
  const rows = await rowsOf<InvitationRow>(
    store.read,
    `select * from invitations ${whereClause(conditions)} order by id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toInvitation), page.limit, ({ id }) => id);
}
