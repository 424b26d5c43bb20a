import type { Sql } from '../databases/database';
import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { holdDeliveries } from '../deliveries/hold-deliveries';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import type { EndpointStatus } from './endpoint';

/** What becomes of an endpoint's unfinished deliveries by its new status: they go out, are held, or are cancelled. */
export async function settleDeliveries(
  on: Sql,
  endpointId: string,
  status: EndpointStatus,
): Promise<void> {
  if (status === 'active') await releaseDeliveries(on, endpointId);
  else if (status === 'disabled') await cancelDeliveries(on, endpointId, 'endpoint_disabled');
  else await holdDeliveries(on, endpointId);
}
