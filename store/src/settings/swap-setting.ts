import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';

/** Writes a setting and returns the value it had before. */
export function swapSetting(
  store: Store,
  name: string,
  value: string,
): Promise<string | undefined> {
  return inTransaction(store, async (transaction) => {
    const before = await rowOf<{ value: string }>(
      transaction,
      'select value from settings where name = ?',
      [name],
    );
    await transaction.raw(
      'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      [name, value],
    );
    return before?.value;
  });
}
