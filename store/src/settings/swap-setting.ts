import { inTransaction, rowOf } from '../sql';
import type { OpenDatabase } from '../open-database';

/** Writes a setting and returns the value it had before; of several at once, each sees the one before it. */
export function swapSetting(
  store: OpenDatabase,
  name: string,
  value: string,
): Promise<string | undefined> {
  return inTransaction(store, async (transaction) => {
    const inserted = await rowOf(
      transaction,
      'insert into settings (name, value) values (?, ?) on conflict (name) do nothing returning name',
      [name, value],
    );
    if (inserted !== undefined) return undefined;
    const before = await rowOf<{ value: string }>(
      transaction,
      `select value from settings where name = ? ${store.dialect === 'postgres' ? 'for update' : ''}`,
      [name],
    );
    await transaction.run('update settings set value = ? where name = ?', [value, name]);
    return before?.value;
  });
}
