import type { Sql } from '../databases/database';
import { rowOf, rowsOf } from '../sql';
import type { Sealer } from '../sealing';
import type { OpenDatabase } from '../open-database';

const CONTEXT = 'settings/master_key_check';

/**
 * Opens a value that was sealed when the database was new: a wrong master key
 * ends the start at once, not at the first delivery.
 */
export async function checkMasterKey(store: OpenDatabase): Promise<void> {
  await rowsOf(
    store.write,
    'insert into settings (name, value) values (?, ?) on conflict (name) do nothing',
    ['master_key_check', store.sealer.seal('ok', CONTEXT)],
  );
  await openMasterKeyCheck(store.read, store.sealer);
}

/** Throws StoreError `master_key_unknown` where the database's secrets were sealed under another master key. */
export async function openMasterKeyCheck(on: Sql, sealer: Sealer): Promise<void> {
  const row = await rowOf<{ value: string }>(
    on,
    "select value from settings where name = 'master_key_check'",
  );
  if (row !== undefined) sealer.open(row.value, CONTEXT);
}

/** The same check, sealed under the current master key. */
export function sealCheckAgain(sealer: Sealer, sealed: string): string {
  return sealer.seal(sealer.open(sealed, CONTEXT), CONTEXT);
}
