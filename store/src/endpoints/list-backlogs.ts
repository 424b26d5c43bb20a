import { rowsOf } from '../sql';
import type { Store } from '../store';

/** An endpoint whose deliveries wait in the database. */
export interface Backlog {
  endpointId: string;
  /** One delivery at a time, to its end. */
  ordered: boolean;
  failingSince: number | null;
  ratePerSecond: number | null;
}

/** The active endpoints that have a backlog. */
export async function listBacklogs(store: Store): Promise<Backlog[]> {
  const rows = await rowsOf<{
    id: string;
    ordered: number;
    failing_since: number | null;
    rate_per_second: number | null;
  }>(
    store.read,
    `select id, ordered, failing_since, rate_per_second from endpoints
     where backlog_since is not null and status = 'active' and deleted_at is null
     order by backlog_since`,
  );
  return rows.map((row) => ({
    endpointId: row.id,
    ordered: row.ordered === 1,
    failingSince: row.failing_since,
    ratePerSecond: row.rate_per_second,
  }));
}
