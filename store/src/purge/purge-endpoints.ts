import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Removes endpoints that were deleted before `before` and have no delivery left in the log. */
export async function purgeEndpoints(store: Store, before: number): Promise<number> {
  const rows = await rowsOf(
    store.write,
    `delete from endpoints where deleted_at < ? and not exists (
       select 1 from deliveries d where d.endpoint_id = endpoints.id)
     returning id`,
    [before],
  );
  return rows.length;
}
