import { holdDeliveries } from '../deliveries/hold-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { PAUSED_BEFORE } from './begin-verification';
import { changeEndpoint } from './change-endpoint';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/**
 * Takes an endpoint back for now: it holds what comes and what waits until `endsAt` (Unix
 * milliseconds), when `endEndpoints` deletes it with what it holds, unless it was registered again or
 * resumed before. One that is disabled holds nothing, and ends then all the same. Undefined where it
 * is gone.
 */
export function detachEndpoint(
  store: Store,
  id: string,
  endsAt: number,
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, id, async (transaction) => {
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set
         status = case when status = 'disabled' then status else 'detached' end,
         status_reason = case when status = 'paused' then ? when status = 'active' then null
           else status_reason end,
         detached_until = ?, updated_at = ?, verification_lease_until = null
       where id = ? and deleted_at is null returning *`,
      [PAUSED_BEFORE, endsAt, Date.now(), id],
    );
    if (row === undefined) return undefined;
    if (row.status === 'detached') await holdDeliveries(transaction, id);
    return toEndpoint(row);
  });
}
