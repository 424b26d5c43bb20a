import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';

/** Notes which burst carries the first attempts of these deliveries; null where each has its own workflow. */
export async function assignBurst(
  store: Store,
  ids: readonly string[],
  burstId: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  await rowsOf(
    store.write,

    `update deliveries set burst_id = ? where id in (select id from ${wanted})`,
    [burstId, jsonParameter(ids.map((id) => ({ id })))],
  );
}
