import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Ends an endpoint's backlog, unless something waits in it. */
export async function endBacklog(store: Store, endpointId: string): Promise<void> {
  await rowsOf(
    store.write,

    `update endpoints set backlog_since = null
     where id = ? and backlog_since is not null and not exists (select 1 from deliveries d
       where d.endpoint_id = endpoints.id and d.status = 'held')`,
    [endpointId],
  );
}
