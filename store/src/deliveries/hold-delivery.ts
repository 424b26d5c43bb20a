import type { Store } from '../store';

/** Holds one delivery that was written while its endpoint was being paused. */
export async function holdDelivery(store: Store, id: string): Promise<void> {
  await store.write.raw(
    `update deliveries set status = 'held', lease_until = null
     where id = ? and status in ('pending', 'retrying')`,
    [id],
  );
}
