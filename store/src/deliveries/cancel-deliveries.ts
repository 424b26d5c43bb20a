import type { Sql } from '../databases/database';

/** Cancels everything that an endpoint has not got yet, but for tests. */
export async function cancelDeliveries(
  on: Sql,
  endpointId: string,
  errorCode: 'endpoint_disabled' | 'endpoint_deleted',
): Promise<void> {
  await on.run(
    `update deliveries set status = 'cancelled', last_error_code = ?, lease_until = null,
       next_attempt_at = null, finished_at = ?
     where endpoint_id = ? and finished_at is null and is_test = 0`,
    [errorCode, Date.now(), endpointId],
  );
}
