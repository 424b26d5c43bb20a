import type { Value } from '../databases/database';
import { beginBacklogs } from '../endpoints/begin-backlogs';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';
import { DELIVERY_LIFETIME_MS, type DeliveryStatus } from './delivery';

/** Finished deliveries of one endpoint to send again. */
export interface ReplaySelection {
  endpointId: string;
  statuses: DeliveryStatus[];
  /** Unix milliseconds, inclusive; by the time of the delivery's creation. */
  since: number;
  /** Unix milliseconds, exclusive. */
  until: number;
}

/** Its endpoint takes it at once: otherwise it waits for its turn, or for the endpoint. */
const GOES_OUT = `(select ep.status = 'active' and ep.ordered = 0 from endpoints ep
  where ep.id = deliveries.endpoint_id)`;

const REOPEN = `update deliveries
  set status = case when ${GOES_OUT} then 'pending' else 'held' end,
    lease_until = case when ${GOES_OUT} then cast(? as bigint) end,
    burst_id = null,
    attempts_before_round = attempts, next_attempt_at = ?, expires_at = ?, finished_at = null`;

/** Only endpoints that can still get something. */
const REACHABLE = `exists (select 1 from endpoints ep
  where ep.id = deliveries.endpoint_id and ep.deleted_at is null and ep.status <> 'disabled')`;

function reopenBindings(): Value[] {
  const now = Date.now();
  return [now, now, now + DELIVERY_LIFETIME_MS];
}

/** Sends a finished delivery again, with a whole new schedule and 24 h; false where it is not finished or its endpoint gone. */
export async function reopenDelivery(store: Store, id: string): Promise<boolean> {
  return (await reopen(store, 'id = ?', [id])) === 1;
}

/** Sends all selected deliveries again; returns how many. */
export async function replayDeliveries(store: Store, selection: ReplaySelection): Promise<number> {
  if (selection.statuses.length === 0) return 0;
  return reopen(
    store,
    `endpoint_id = ? and is_test = 0 and created_at >= ? and created_at < ?
       and status in (${selection.statuses.map(() => '?').join(', ')})`,
    [selection.endpointId, selection.since, selection.until, ...selection.statuses],
  );
}

/** Sends finished deliveries again; what has to wait for its turn begins its endpoint's backlog. */
function reopen(store: Store, which: string, bindings: readonly Value[]): Promise<number> {
  return inTransaction(store, async (transaction) => {
    const rows = await rowsOf<{ endpoint_id: string; status: string }>(
      transaction,
      `${REOPEN} where ${which} and finished_at is not null and ${REACHABLE}
       returning endpoint_id, status`,
      [...reopenBindings(), ...bindings],
    );
    const waiting = rows.filter(({ status }) => status === 'held');
    await beginBacklogs(store, transaction, [
      ...new Set(waiting.map(({ endpoint_id }) => endpoint_id)),
    ]);
    return rows.length;
  });
}
