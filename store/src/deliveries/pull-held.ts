import type { Sql } from '../databases/database';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';
import {
  CLAIMED_COLUMNS,
  type ClaimedDelivery,
  type ClaimedRow,
  toClaimed,
} from './claim-deliveries';

interface Pull {
  endpointId: string;
  limit: number;
  ordered: boolean;
  leaseUntil: number;
}

/**
 * Takes the oldest deliveries that wait in an endpoint's backlog, and leases them
 * until `leaseUntil`. Of an ordered endpoint it takes the oldest one alone, once
 * nothing before it is unfinished. None of an endpoint that is not active.
 */
export async function pullHeld(store: Store, pull: Pull): Promise<ClaimedDelivery[]> {
  if (!pull.ordered || store.dialect === 'sqlite') return pullOldest(store, store.write, pull);
  return inTransaction(store, async (transaction) => {
    // Of several processes one at a time: each would skip the oldest, which another has locked but
    // not yet taken, and take the one after it. The next statement sees what the last one took.
    await transaction.run('select id from endpoints where id = ? for no key update', [
      pull.endpointId,
    ]);
    return pullOldest(store, transaction, pull);
  });
}

async function pullOldest(store: Store, on: Sql, pull: Pull): Promise<ClaimedDelivery[]> {
  // To pass over the oldest, since somebody else looks at it, would be out of order.
  const passOver = pull.ordered ? '' : 'skip locked';
  const lock = store.dialect === 'postgres' ? `for update ${passOver}` : '';
  const inTurn = pull.ordered
    ? `and not exists (select 1 from deliveries before
         where before.endpoint_id = d.endpoint_id and before.finished_at is null
           and before.is_test = 0 and before.status <> 'held')`
    : '';
  const now = Date.now();
  const rows = await rowsOf<ClaimedRow>(
    on,
    `with oldest as materialized (
       select d.id from deliveries d
       where d.endpoint_id = ? and d.status = 'held' and d.is_test = 0 and d.expires_at > ? ${inTurn}
         and exists (select 1 from endpoints ep where ep.id = d.endpoint_id and ep.status = 'active')
       order by d.id limit ? ${lock})
     update deliveries set lease_until = ?,
       status = case when attempts > attempts_before_round then 'retrying' else 'pending' end
     where id in (select id from oldest)
     returning ${CLAIMED_COLUMNS}`,
    [pull.endpointId, now, pull.ordered ? Math.min(1, pull.limit) : pull.limit, pull.leaseUntil],
  );
  return rows.map(toClaimed).sort((left, right) => (left.id < right.id ? -1 : 1));
}
