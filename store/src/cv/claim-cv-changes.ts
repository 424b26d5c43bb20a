import { rowsOf } from '../sql';
import type { Store } from '../store';

/** What the workflow of a change is started with. */
export interface ClaimedCvChange {
  id: string;
  action: string;
  section: string;
}

/** Takes changes whose steps nobody works on, oldest first, and leases them until `leaseUntil`. */
export async function claimCvChanges(
  store: Store,
  claim: { limit: number; leaseUntil: number },
): Promise<ClaimedCvChange[]> {
  const lock = store.dialect === 'postgres' ? 'for update skip locked' : '';
  const rows = await rowsOf<ClaimedCvChange>(
    store.write,
    `with due as materialized (
       select id from cv_changes where lease_until <= ? order by lease_until, id limit ? ${lock})
     update cv_changes set lease_until = ? where id in (select id from due)
     returning id, action, section`,
    [Date.now(), claim.limit, claim.leaseUntil],
  );
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}
