import { rowsOf } from '../sql';
import type { OpenDatabase } from '../open-database';
import { CHANNEL, type WakeUp } from './wake-up';

/**
 * Tells the dispatchers of all processes that something is committed for them. On
 * SQLite there is one process, whose dispatcher is woken directly: nothing happens.
 */
export async function notifyDispatchers(store: OpenDatabase, wakeUp: WakeUp): Promise<void> {
  if (store.dialect !== 'postgres') return;
  await rowsOf(store.write, 'select pg_notify(?, ?)', [CHANNEL, wakeUp]);
}
