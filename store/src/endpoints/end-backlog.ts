import { rowsOf } from '../sql';
import type { Store } from '../store';

/**
 * Ends an endpoint's backlog, unless something waits in it, or the endpoint is
 * failing, which every dispatcher has to know; whether it did. On PostgreSQL a
 * transaction that is under way may still write into it: `sweepDeliveries` finds that.
 */
export async function endBacklog(store: Store, endpointId: string): Promise<boolean> {
  const ended = await rowsOf(
    store.write,

    `update endpoints set backlog_since = null
     where id = ? and backlog_since is not null and failing_since is null and not exists (select 1 from deliveries d
       where d.endpoint_id = endpoints.id and d.status = 'held')
     returning id`,
    [endpointId],
  );
  return ended.length > 0;
}
