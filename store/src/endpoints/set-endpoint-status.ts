import type { Sql } from '../databases/database';
import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { holdDeliveries } from '../deliveries/hold-deliveries';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { type Endpoint, type EndpointRow, type EndpointStatus, toEndpoint } from './endpoint';

/** An assignment for endpoints that get another status: it is no more deleted by itself. */
export const NO_LONGER_DETACHED = `ends_at = case when status = 'detached' then null else ends_at end`;

/**
 * Pauses, resumes or disables an endpoint, and does with its unfinished
 * deliveries what goes with it: hold, release, cancel. With `from`, nothing
 * happens unless its status is one of these. Undefined where nothing changed.
 */
export function setEndpointStatus(
  store: Store,
  id: string,
  change: { to: 'active' | 'paused' | 'disabled'; from: EndpointStatus[]; reason?: string },
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, id, async (transaction) => {
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set status = ?, status_reason = ?, updated_at = ?, verification_lease_until = null,
         ${NO_LONGER_DETACHED}
       where id = ? and deleted_at is null and status in (${change.from.map(() => '?').join(', ')})
       returning *`,
      [change.to, change.reason ?? null, Date.now(), id, ...change.from],
    );
    if (row === undefined) return undefined;
    await settleDeliveries(transaction, id, change.to);
    return toEndpoint(row);
  });
}

async function settleDeliveries(
  on: Sql,
  endpointId: string,
  status: 'active' | 'paused' | 'disabled',
): Promise<void> {
  if (status === 'active') await releaseDeliveries(on, endpointId);
  else if (status === 'paused') await holdDeliveries(on, endpointId);
  else await cancelDeliveries(on, endpointId, 'endpoint_disabled');
}
