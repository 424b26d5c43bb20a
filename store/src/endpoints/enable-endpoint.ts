import type { Sql } from '../databases/database';
import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { rowOf } from '../sql';
import { PAUSED_BEFORE } from './begin-verification';
import type { EndpointRow } from './endpoint';
import { ACTIVE_UNLESS_UNPROVEN } from './set-endpoint-status';

/** Makes an endpoint get events again, or nothing any more; one that is pending stays so. */
export async function enableEndpoint(
  on: Sql,
  row: EndpointRow,
  enabled: boolean,
): Promise<EndpointRow> {
  if (enabled && row.status === 'pending' && row.status_reason === PAUSED_BEFORE) {
    await on.run('update endpoints set status_reason = null where id = ?', [row.id]);
    return { ...row, status_reason: null };
  }
  const isSo = enabled ? ['active', 'pending'].includes(row.status) : row.status === 'disabled';
  if (isSo) return row;
  const changed = await rowOf<EndpointRow>(
    on,
    `update endpoints set status = ${enabled ? ACTIVE_UNLESS_UNPROVEN : "'disabled'"},
       status_reason = ?, verification_lease_until = null, detached_until = null
     where id = ? returning *`,
    [enabled ? null : 'Switched off by its owner.', row.id],
  );
  if (changed?.status === 'active') await releaseDeliveries(on, row.id);
  if (!enabled) await cancelDeliveries(on, row.id, 'endpoint_disabled');
  return changed ?? row;
}
