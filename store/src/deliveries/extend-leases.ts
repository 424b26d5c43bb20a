import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';

/** Gives whoever now carries these deliveries until `leaseUntil` (Unix milliseconds) to show progress. */
export async function extendLeases(
  store: Store,
  leases: readonly { id: string; leaseUntil: number }[],
): Promise<void> {
  if (leases.length === 0) return;
  const rows = jsonRows(store.dialect, 'r', { id: 'text', leaseUntil: 'bigint' });
  await rowsOf(
    store.write,

    `update deliveries set lease_until = r."leaseUntil" from ${rows}
     where deliveries.id = r.id and deliveries.lease_until < r."leaseUntil"`,
    [jsonParameter(leases)],
  );
}
