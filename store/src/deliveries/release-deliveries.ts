import type { Knex } from 'knex';

/** Lets an endpoint's held deliveries go: they are pulled from its backlog, in order. */
export async function releaseDeliveries(on: Knex, endpointId: string): Promise<void> {
  await on.raw('update endpoints set backlog_since = ?, failing_since = null where id = ?', [
    Date.now(),
    endpointId,
  ]);
}
