import { chunksOf } from '../chunks-of';
import type { Sql } from '../databases/database';
import { keyUrls } from '../endpoints/key-urls';
import { purgedBefore } from '../purge/purge-endpoints';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';
import {
  type ApiKeyEntry,
  type ApiKeyState,
  type EndpointState,
  formatEntry,
  type JournalEntry,
  readEntries,
} from './entry';
import type { Journal } from './journal';
import { type Renewal, rewriteJournal } from './journal-file';
import { putBack } from './put-back';
import { putBackApiKeys } from './put-back-api-keys';
import { readApiKeys, readEndpoints } from './read-states';

/** What was found in the journal. */
export interface Recovery {
  /** Ids of the endpoints that the database had not, or had in an older state. */
  recovered: string[];
  /** Ids of those that could not be put back, because another endpoint has their place. */
  refused: string[];
  /** Ids of the keys for the API that the database had not. */
  keys: string[];
  /** Ids of those that the database had not as revoked. */
  revoked: string[];
  /** Lines that could not be read. */
  damaged: number;
  /** The journal was another database's; this is where it is now. */
  setAside?: string;
}

/** At most this many endpoints, or keys, in one transaction: a database bounds what one may take. */
export const AT_ONCE = 100;

/** Any number: the same for all of our processes, and not that of the migrations. */
const ADVISORY_LOCK = 747_302;

/**
 * Brings back what the database has lost by being restored from an older backup, or by failing over to
 * a copy that was behind: endpoints that the journal knows in a newer state, keys, and their
 * revocations. Then writes the journal anew, so that it does not grow for ever.
 *
 * It may run at any time, beside changes and other processes that do the same; what this one appends
 * meanwhile follows it. Where it fails, it can be run again: the journal is as it was.
 */
export async function recoverFromJournal(store: Store): Promise<Recovery> {
  const recovery: Recovery = { recovered: [], refused: [], keys: [], revoked: [], damaged: 0 };
  const { journal } = store;
  if (journal === undefined) return recovery;
  await journal.alone(() =>
    rewriteJournal(journal.path, (text) => renew(store, journal, text, recovery)),
  );
  return recovery;
}

async function renew(
  store: Store,
  journal: Journal,
  text: string,
  recovery: Recovery,
): Promise<Renewal> {
  const { database, path } = journal;
  const { entries, apiKeys, damaged } = readEntries(text);
  recovery.damaged = damaged;
  const isOwn = (entry: JournalEntry | ApiKeyEntry): boolean => entry.database === database;
  const putBackStates = await putBackEndpoints(store, entries.filter(isOwn), recovery);
  const ownKeys = apiKeys.filter(isOwn);
  await putBackKeys(store, ownKeys, recovery);

  const found = await inTransaction(store, async (transaction) => {
    await keyUrls(transaction);
    return {
      endpoints: await readEndpoints(transaction),
      apiKeys: await readApiKeys(transaction),
    };
  });
  const states = [
    ...found.endpoints,
    ...found.apiKeys,
    // Should the database have lost them a second time, by the time it was read.
    ...putBackStates.filter((state) => lacks(found.endpoints, state)),
    ...ownKeys.filter((state) => lacksKey(found.apiKeys, state)),
  ];
  const foreign = [...entries, ...apiKeys].find((entry) => !isOwn(entry));
  const setAside = foreign && `${path}.${foreign.database}`;
  if (setAside !== undefined) recovery.setAside = setAside;
  return { text: states.map((state) => formatEntry({ database, ...state })).join(''), setAside };
}

async function putBackEndpoints(
  store: Store,
  entries: readonly JournalEntry[],
  recovery: Recovery,
): Promise<JournalEntry[]> {
  // Deletions first: they make room for what took their place.
  const isDeleted = ({ endpoint }: JournalEntry): boolean => endpoint.deleted_at !== null;
  const ordered = [...entries.filter(isDeleted), ...entries.filter((entry) => !isDeleted(entry))];
  const done: JournalEntry[] = [];
  for (const some of chunksOf(ordered, AT_ONCE)) {
    const outcomes = await inTurn(store, async (transaction) => {
      const made: { entry: JournalEntry; outcome: Awaited<ReturnType<typeof putBack>> }[] = [];
      for (const entry of await newerThanDatabase(transaction, some)) {
        made.push({ entry, outcome: await putBack(transaction, entry) });
      }
      return made;
    });
    for (const { entry, outcome } of outcomes) {
      if (outcome === 'refused') recovery.refused.push(entry.endpoint.id);
      if (outcome !== 'done') continue;
      recovery.recovered.push(entry.endpoint.id);
      done.push(entry);
    }
  }
  return done;
}

async function putBackKeys(
  store: Store,
  entries: readonly ApiKeyEntry[],
  recovery: Recovery,
): Promise<void> {
  for (const some of chunksOf(entries, AT_ONCE)) {
    const { keys, revoked } = await inTurn(store, (transaction) =>
      putBackApiKeys(
        transaction,
        some.map(({ apiKey }) => apiKey),
      ),
    );
    recovery.keys.push(...keys);
    recovery.revoked.push(...revoked);
  }
}

/** Processes that recover at the same time do so one after the other: the newest state of all stays. */
function inTurn<Result>(
  store: Store,
  work: (transaction: Sql) => Promise<Result>,
): Promise<Result> {
  return inTransaction(store, async (transaction) => {
    if (store.dialect === 'postgres') {
      await transaction.run('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
    }
    return work(transaction);
  });
}

/** Those of the journal's states that the database lacks, or has in an older state. */
export async function newerThanDatabase(
  on: Sql,
  entries: readonly JournalEntry[],
): Promise<JournalEntry[]> {
  const rows = await rowsOf<{ id: string; updated_at: number }>(
    on,
    `select id, updated_at from endpoints where id in (${entries.map(() => '?').join(', ')})`,
    entries.map(({ endpoint }) => endpoint.id),
  );
  const known = new Map(rows.map((row) => [row.id, row.updated_at]));
  const purged = await purgedBefore(on);
  return entries.filter(({ endpoint }) => {
    const updatedAt = known.get(endpoint.id);
    if (updatedAt !== undefined) return endpoint.updated_at > updatedAt;
    // A backup that lacks an endpoint is older than it, and so is all that was purged in it: one
    // that is older than the last purge is not missing, but purged.
    return endpoint.deleted_at === null && endpoint.created_at >= purged;
  });
}

function lacks(found: readonly EndpointState[], { endpoint }: EndpointState): boolean {
  const same = found.find((state) => state.endpoint.id === endpoint.id);
  return same === undefined || same.endpoint.updated_at < endpoint.updated_at;
}

function lacksKey(found: readonly ApiKeyState[], { apiKey }: ApiKeyState): boolean {
  const same = found.find((state) => state.apiKey.id === apiKey.id);
  if (same === undefined) return true;
  return same.apiKey.revoked_at === null && apiKey.revoked_at !== null;
}
