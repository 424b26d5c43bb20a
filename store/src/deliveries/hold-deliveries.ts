import type { Sql } from '../databases/database';

/**
 * Holds what an endpoint has not got yet. A workflow that carries one finds it
 * held and ends. Tests are left to whoever makes them.
 */
export async function holdDeliveries(on: Sql, endpointId: string): Promise<void> {
  await on.run(
    `update deliveries set status = 'held', lease_until = null
     where endpoint_id = ? and finished_at is null and is_test = 0 and status in ('pending', 'retrying')`,
    [endpointId],
  );
}
