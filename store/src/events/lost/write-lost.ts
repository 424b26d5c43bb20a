import type { Sql } from '../../databases/database';
import { FIRST_ATTEMPT_LEASE_MS } from '../../deliveries/reservation';
import { beginBacklogs } from '../../endpoints/begin-backlogs';
import { jsonParameter, jsonRows } from '../../sql';
import type { Store } from '../../store';
import type { KeptEvent } from '../accepted-lately';
import { endpointsToBacklog } from '../backlogs';
import { throttleDeliveries } from '../throttle/throttle-deliveries';
import { writeDeliveries } from '../write-deliveries';
import { type AddressedLost, addressLost } from './address-lost';

/** Writes the deliveries of events that were just inserted again, as far as their endpoints are there. */
export async function writeLost(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<void> {
  const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
  const addressed = await addressLost(store, on, events, leaseUntil);
  await writeDeliveries(store, on, addressed);
  await cancelNeedless(store, on, addressed);
  const wanted = addressed.filter(({ cancelledAs }) => cancelledAs === null);
  await beginBacklogs(store, on, endpointsToBacklog(wanted));
  await throttleDeliveries(
    store,
    on,
    events.map(({ event }) => event),
    leaseUntil,
  );
}

async function cancelNeedless(
  store: Store,
  on: Sql,
  addressed: readonly AddressedLost[],
): Promise<void> {
  const needless = addressed.flatMap(({ delivery, cancelledAs }) =>
    cancelledAs === null ? [] : [{ id: delivery.id, code: cancelledAs }],
  );
  if (needless.length === 0) return;
  const rows = jsonRows(store.dialect, 'r', { id: 'text', code: 'text' });
  await on.run(
    `update deliveries set status = 'cancelled', last_error_code = r.code, lease_until = null,
       next_attempt_at = null, finished_at = ?
     from ${rows} where deliveries.id = r.id`,
    [Date.now(), jsonParameter(needless)],
  );
}
