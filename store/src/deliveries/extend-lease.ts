import type { Store } from '../store';

/** Gives the workflow that now carries a delivery until `leaseUntil` to show progress. */
export async function extendLease(store: Store, id: string, leaseUntil: number): Promise<void> {
  await store.write.raw(
    'update deliveries set lease_until = ? where id = ? and lease_until is not null and lease_until < ?',
    [leaseUntil, id, leaseUntil],
  );
}
