import type { Store } from '../store';

/** Gives claimed deliveries back, to be taken again by whoever claims next. */
export async function returnDeliveries(store: Store, ids: readonly string[]): Promise<void> {
  await store.write.raw(
    `update deliveries set lease_until = ?
     where lease_until is not null and id in (${ids.map(() => '?').join(', ')})`,
    [Date.now(), ...ids],
  );
}
