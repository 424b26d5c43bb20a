import type { Knex } from 'knex';

/** Lets an endpoint's held deliveries go, each at its next attempt's time or at once. */
export async function releaseDeliveries(on: Knex, endpointId: string): Promise<void> {
  await on.raw(
    `update deliveries
     set status = case when attempts > attempts_before_round then 'retrying' else 'pending' end, lease_until = ?
     where endpoint_id = ? and finished_at is null and is_test = 0 and status = 'held'`,
    [Date.now(), endpointId],
  );
}
