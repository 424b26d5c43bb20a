import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Gives claimed deliveries back, to be taken again by whoever claims first after `from` (Unix milliseconds). */
export async function returnDeliveries(
  store: Store,
  ids: readonly string[],
  from: number = Date.now(),
): Promise<void> {
  if (ids.length === 0) return;
  await rowsOf(
    store.write,

    `update deliveries set lease_until = ?
     where lease_until is not null and id in (${ids.map(() => '?').join(', ')})`,
    [from, ...ids],
  );
}
