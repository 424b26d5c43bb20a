import type { Sql } from '../databases/database';

/** Lets an endpoint's held deliveries go: they are pulled from its backlog, in order. */
export async function releaseDeliveries(on: Sql, endpointId: string): Promise<void> {
  await on.run('update endpoints set backlog_since = ?, failing_since = null where id = ?', [
    Date.now(),
    endpointId,
  ]);
}
