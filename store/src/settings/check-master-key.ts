import { rowOf, rowsOf } from '../sql';
import type { Store } from '../store';

const CONTEXT = 'settings/master_key_check';

/**
 * Opens a value that was sealed when the database was new: a wrong master key
 * ends the start at once, not at the first delivery.
 */
export async function checkMasterKey(store: Store): Promise<void> {
  await rowsOf(
    store.write,

    'insert into settings (name, value) values (?, ?) on conflict (name) do nothing',
    ['master_key_check', store.sealer.seal('ok', CONTEXT)],
  );
  const row = await rowOf<{ value: string }>(
    store.write,
    "select value from settings where name = 'master_key_check'",
  );
  if (row !== undefined) store.sealer.open(row.value, CONTEXT);
}
