import { rowsOf } from '../sql';
import type { Store } from '../store';

/**
 * Takes pending endpoints that no verification workflow works on, and leases
 * them until `leaseUntil`. Returns their ids.
 */
export async function claimVerifications(
  store: Store,
  claim: { limit: number; leaseUntil: number },
): Promise<string[]> {
  const lock = store.dialect === 'postgres' ? 'for update skip locked' : '';
  const rows = await rowsOf<{ id: string }>(
    store.write,
    `with due as materialized (
       select id from endpoints
       where verification_lease_until <= ? and status = 'pending' and deleted_at is null
       order by verification_lease_until limit ? ${lock})
     update endpoints set verification_lease_until = ? where id in (select id from due)
     returning id`,
    [Date.now(), claim.limit, claim.leaseUntil],
  );
  return rows.map((row) => row.id);
}
