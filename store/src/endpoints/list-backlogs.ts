import { rowsOf } from '../sql';
import type { Store } from '../store';

/** An endpoint whose deliveries wait in the database, or would. */
export interface Backlog {
  endpointId: string;
  /** Whether something waits: a failing endpoint has a backlog though nothing does. */
  waits: boolean;
  /** One delivery at a time, to its end. */
  ordered: boolean;
  failingSince: number | null;
  ratePerSecond: number | null;
}

/** The active endpoints that have a backlog. */
export async function listBacklogs(store: Store): Promise<Backlog[]> {
  const rows = await rowsOf<{
    id: string;
    waits: number;
    ordered: number;
    failing_since: number | null;
    rate_per_second: number | null;
  }>(
    store.read,
    `select id, ordered, failing_since, rate_per_second,
       case when exists (select 1 from deliveries d
         where d.endpoint_id = endpoints.id and d.status = 'held') then 1 else 0 end as waits
     from endpoints
     where backlog_since is not null and status = 'active' and deleted_at is null
     order by backlog_since`,
  );
  return rows.map((row) => ({
    endpointId: row.id,
    waits: row.waits === 1,
    ordered: row.ordered === 1,
    failingSince: row.failing_since,
    ratePerSecond: row.rate_per_second,
  }));
}
