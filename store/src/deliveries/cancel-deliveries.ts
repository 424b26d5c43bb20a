import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { Sql } from '../databases/database';
import { rowsOf } from '../sql';

/** Cancels everything that an endpoint has not got yet, but for tests; returns how many. */
export async function cancelDeliveries(
  on: Sql,
  endpointId: string,
  errorCode: Extract<DeliveryErrorCode, 'endpoint_disabled' | 'endpoint_deleted'>,
): Promise<number> {
  const cancelled = await rowsOf(
    on,
    `update deliveries set status = 'cancelled', last_error_code = ?, lease_until = null,
       next_attempt_at = null, finished_at = ?
     where endpoint_id = ? and finished_at is null and is_test = 0
     returning id`,
    [errorCode, Date.now(), endpointId],
  );
  return cancelled.length;
}
