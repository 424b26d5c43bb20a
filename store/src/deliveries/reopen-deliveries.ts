import type { Sql, Value } from '../databases/database';
import { beginBacklogs } from '../endpoints/begin-backlogs';
import { inTransaction, jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import { DELIVERY_LIFETIME_MS, type DeliveryStatus } from './delivery';
import { findSuccessor } from './find-successor';

/** Finished deliveries of one endpoint to send again. */
export interface ReplaySelection {
  endpointId: string;
  /** Another endpoint of the same system whose deliveries these are: it takes them over. */
  from?: string;
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

/**
 * Sends a finished delivery again, with a whole new schedule and 24 h: to its endpoint, or to the one
 * that took over from that. False where it is not finished or there is no endpoint for it.
 */
export function reopenDelivery(store: Store, id: string): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const successor = await findSuccessor(transaction, id);
    if (successor !== undefined) {
      await transaction.run(
        'update deliveries set endpoint_id = ? where id = ? and finished_at is not null',
        [successor, id],
      );
    }
    return (await reopen(store, transaction, 'id = ?', [id])) === 1;
  });
}

/** Sends all selected deliveries again; returns how many. */
export function replayDeliveries(store: Store, selection: ReplaySelection): Promise<number> {
  const { endpointId, from, statuses, since, until } = selection;
  if (statuses.length === 0) return Promise.resolve(0);
  const which = `endpoint_id = ? and is_test = 0 and created_at >= ? and created_at < ?
    and status in (${statuses.map(() => '?').join(', ')})`;
  const bindings = [since, until, ...statuses];
  return inTransaction(store, async (transaction) => {
    if (from === undefined) {
      return reopen(store, transaction, which, [endpointId, ...bindings]);
    }
    const moved = await rowsOf<{ id: string }>(
      transaction,
      `update deliveries set endpoint_id = ?
       where ${which} and finished_at is not null and exists (select 1 from endpoints ep
         where ep.id = ? and (ep.user_id is null or ep.user_id = deliveries.user_id))
       returning id`,
      [endpointId, from, ...bindings, endpointId],
    );
    const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
    return reopen(store, transaction, `id in (select id from ${wanted})`, [jsonParameter(moved)]);
  });
}

/**
 * Sends finished deliveries again; what has to wait for its turn begins its endpoint's backlog. One that
 * arrived is to be worked on once more, whatever came of it. Of one that did not, an attempt may well have
 * been, whose answer was lost: what its receiver said of it stays.
 */
async function reopen(
  store: Store,
  transaction: Sql,
  which: string,
  bindings: readonly Value[],
): Promise<number> {
  const selection = `${which} and finished_at is not null and ${REACHABLE}`;
  await transaction.run(
    `delete from outcomes where delivery_id in (
       select id from deliveries where status = 'delivered' and ${selection})`,
    bindings,
  );
  const rows = await rowsOf<{ endpoint_id: string; status: string }>(
    transaction,
    `${REOPEN} where ${selection} returning endpoint_id, status`,
    [...reopenBindings(), ...bindings],
  );
  const waiting = rows.filter(({ status }) => status === 'held');
  await beginBacklogs(store, transaction, [
    ...new Set(waiting.map(({ endpoint_id }) => endpoint_id)),
  ]);
  return rows.length;
}
