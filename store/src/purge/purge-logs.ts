import { rowsOf } from '../sql';
import type { OpenDatabase } from '../open-database';

/**
 * Deletes up to `limit` events that were accepted before `before` (Unix
 * milliseconds) and whose deliveries are all finished, with their deliveries
 * and attempts. Returns how many; call it until it returns 0. Small batches
 * keep its transactions short beside the traffic.
 */
export async function purgeLogs(
  store: OpenDatabase,
  before: number,
  limit: number,
): Promise<number> {
  const rows = await rowsOf(
    store.write,
    `delete from events where key in (
       select key from events e where e.created_at < ? and not exists (
         select 1 from deliveries d where d.event_key = e.key and d.finished_at is null)
       order by e.created_at limit ?)
     returning key`,
    [before, limit],
  );
  return rows.length;
}
