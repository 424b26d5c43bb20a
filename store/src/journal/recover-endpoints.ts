import type { Sql } from '../databases/database';
import { keyUrls } from '../endpoints/key-urls';
import { purgedBefore } from '../purge/purge-endpoints';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';
import { formatEntry, type JournalEntry, readEntries } from './entry';
import { readJournal, replaceJournal, setJournalAside } from './journal-file';
import { putBack } from './put-back';
import { databaseName, readEndpoints } from './read-endpoints';

/** What a start found in the journal. */
export interface Recovery {
  /** Ids of the endpoints that the database had not, or had in an older state. */
  recovered: string[];
  /** Ids of those that could not be put back, because another endpoint has their place. */
  refused: string[];
  /** Lines that could not be read. */
  damaged: number;
  /** The journal was another database's; this is where it is now. */
  setAside?: string;
}

/**
 * Brings back what the database has lost by being restored from an older backup: endpoints that the
 * journal knows in a newer state. Then writes the journal anew, so that it does not grow for ever.
 * For a process's start, when nothing else writes to its journal.
 */
export async function recoverEndpoints(store: Store): Promise<Recovery> {
  const recovery: Recovery = { recovered: [], refused: [], damaged: 0 };
  if (store.journal === undefined) return recovery;
  const { path } = store.journal;
  const database = await databaseName(store.read);
  const { entries, damaged } = readEntries(await readJournal(path));
  recovery.damaged = damaged;

  const foreign = entries.find((entry) => entry.database !== database);
  const own = entries.filter((entry) => entry.database === database);
  await inTransaction(store, async (transaction) => {
    recovery.recovered = [];
    recovery.refused = [];
    for (const entry of await newerThanDatabase(transaction, own)) {
      const done = await putBack(transaction, entry);
      (done ? recovery.recovered : recovery.refused).push(entry.endpoint.id);
    }
    await keyUrls(transaction);
  });

  if (foreign !== undefined) {
    await setJournalAside(path, foreign.database);
    recovery.setAside = `${path}.${foreign.database}`;
  }
  const all = await readEndpoints(store.read, database);
  await replaceJournal(path, all.map(formatEntry).join(''));
  return recovery;
}

/** Deletions first: they make room for what took their place. */
async function newerThanDatabase(
  on: Sql,
  entries: readonly JournalEntry[],
): Promise<JournalEntry[]> {
  if (entries.length === 0) return [];
  const rows = await rowsOf<{ id: string; updated_at: number }>(
    on,
    'select id, updated_at from endpoints',
  );
  const known = new Map(rows.map((row) => [row.id, row.updated_at]));
  const purged = await purgedBefore(on);
  const newer = entries.filter(({ endpoint }) => {
    const updatedAt = known.get(endpoint.id);
    if (updatedAt !== undefined) return endpoint.updated_at > updatedAt;
    // A backup that lacks an endpoint is older than it, and so is all that was purged in it: one
    // that is older than the last purge is not missing, but purged.
    return endpoint.deleted_at === null && endpoint.created_at >= purged;
  });
  const isDeleted = ({ endpoint }: JournalEntry): boolean => endpoint.deleted_at !== null;
  return [...newer.filter(isDeleted), ...newer.filter((entry) => !isDeleted(entry))];
}
