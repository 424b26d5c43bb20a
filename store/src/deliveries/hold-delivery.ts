import { rowOf } from '../sql';
import type { Store } from '../store';

/**
 * Holds one delivery whose endpoint is not active. False where the endpoint is
 * active by now, or the delivery finished: whoever asked had read an older
 * state, and a delivery that is held then would wait for nobody's release.
 */
export async function holdDelivery(store: Store, id: string): Promise<boolean> {
  const row = await rowOf(
    store.write,
    `update deliveries set status = 'held', lease_until = null
     where id = ? and status in ('pending', 'retrying', 'held')
       and exists (select 1 from endpoints ep
         where ep.id = deliveries.endpoint_id and ep.status <> 'active')
     returning id`,
    [id],
  );
  return row !== undefined;
}
