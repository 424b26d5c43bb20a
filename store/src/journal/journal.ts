import { createGroupCommit } from '../group-commit';
import type { Store } from '../store';
import { formatEntry } from './entry';
import { appendJournal } from './journal-file';
import { databaseName, readEndpoints } from './read-endpoints';

/** At most this many endpoints in one append. */
const MAX_ENDPOINTS = 500;

/** The file that keeps registrations beside the database, in case that is restored from a backup. */
export interface Journal {
  path: string;
  /**
   * Appends the state of these endpoints; resolves when it is on the disk. Those that come together
   * share one synced write.
   */
  record(...ids: string[]): Promise<void>;
}

/** @param path the file; it is made by the first start or change. */
export function createJournal(store: Pick<Store, 'read'>, path: string): Journal {
  let database: Promise<string> | undefined;
  const appends = createGroupCommit<string, undefined>(
    async (ids) => {
      const name = await (database ??= databaseName(store.read));
      const entries = await readEndpoints(store.read, name, [...new Set(ids)]);
      await appendJournal(path, entries.map(formatEntry).join(''));
      return ids.map(() => undefined);
    },
    { maxWeight: MAX_ENDPOINTS },
  );
  return {
    path,
    async record(...ids) {
      for (let from = 0; from < ids.length; from += MAX_ENDPOINTS) {
        await appends.add(ids.slice(from, from + MAX_ENDPOINTS));
      }
    },
  };
}
