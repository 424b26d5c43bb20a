import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { type Endpoint, type EndpointRow, type EndpointStatus, toEndpoint } from './endpoint';
import { settleDeliveries } from './settle-deliveries';

/**
 * What an endpoint becomes that is to get deliveries again: detaching it was no way round the challenge
 * that it had not answered.
 */
export const ACTIVE_UNLESS_UNPROVEN = `case when status = 'detached' and challenge_sealed is not null
  and verified_at is null then 'pending' else 'active' end`;

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
      `update endpoints set status = ${change.to === 'active' ? ACTIVE_UNLESS_UNPROVEN : '?'},
         status_reason = ?, updated_at = ?, verification_lease_until = null, detached_until = null
       where id = ? and deleted_at is null and status in (${change.from.map(() => '?').join(', ')})
       returning *`,
      [
        ...(change.to === 'active' ? [] : [change.to]),
        change.reason ?? null,
        Date.now(),
        id,
        ...change.from,
      ],
    );
    if (row === undefined) return undefined;
    const endpoint = toEndpoint(row);
    await settleDeliveries(transaction, id, endpoint.status);
    return endpoint;
  });
}
