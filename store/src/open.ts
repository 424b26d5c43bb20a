import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createCommitter } from './committer';
import { openSqlite, type SqliteSettings } from './databases/open-sqlite';
import { realFile } from './databases/real-file';
import { StoreError, type StoreErrorCode } from './errors';
import { createAcceptedLately } from './events/accepted-lately';
import { createJournal } from './journal/journal';
import { databaseName } from './journal/read-states';
import { migrate } from './migrations';
import { requireSchema } from './migrations/require-schema';
import { ping } from './ping';
import { createConnector } from './postgres/connector';
import { openPostgres } from './postgres/open-postgres';
import { readPostgresUrl } from './postgres/read-postgres-url';
import { createTimelines } from './postgres/timelines';
import { untilItAnswers } from './postgres/until-it-answers';
import type { Sealer } from './sealing';
import { checkMasterKey, openMasterKeyCheck } from './settings/check-master-key';
import { inTransaction } from './sql';
import type { Store } from './store';
import { listenOnPostgres } from './wake-ups/listen-on-postgres';

export interface StoreSettings extends SqliteSettings {
  /** A `postgres://` URL, which may name several hosts; wins over `file`. */
  databaseUrl?: string;
  /** The same database without a pooler that is in between, for what needs a connection of its own. */
  directUrl?: string;
  /** Path of the SQLite file; its folder is made if missing. */
  file?: string;
  /** The database is there, and of this version: neither is it made nor is its schema changed. */
  existing?: boolean;
  sealer: Sealer;
  /** File that keeps endpoints and keys beside the database (`recoverFromJournal`); none: nowhere. */
  journal?: string;
  /** Connections to PostgreSQL, 10 unless set. */
  poolSize?: number;
}

/**
 * Opens the database, brings its schema up to date, and checks that the master
 * key is the one its secrets were sealed with (StoreError `database_unusable`,
 * `master_key_unknown`). One that has to be `existing` is refused where it is not
 * (`database_missing`, `database_outdated`).
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const opening = { done: false };
  const store = openDatabase(settings, opening);
  try {
    await untilItAnswers(() => ping(store)).catch((error: unknown) => {
      throw unusable(settings, error);
    });
    if (settings.existing === true) {
      await requireSchema(store, placeOf(settings));
      await openMasterKeyCheck(store.read, store.sealer);
    } else {
      await migrate(store);
      await checkMasterKey(store);
    }
    opening.done = true;
    if (settings.journal !== undefined) {
      store.journal = createJournal(settings.journal, await databaseName(store.read));
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openDatabase(settings: StoreSettings, opening: { done: boolean }): Store {
  const { databaseUrl, file = 'careerhooks.db' } = settings;
  if (databaseUrl !== undefined) return openPostgresStore({ ...settings, databaseUrl }, opening);
  try {
    return openSqliteStore(file, settings);
  } catch (error) {
    throw unusable(settings, error);
  }
}

function openSqliteStore(file: string, settings: StoreSettings): Store {
  if (settings.existing === true) requireFile(file);
  mkdirSync(dirname(file), { recursive: true });
  const { write, ...others } = openSqlite(realFile(file), settings);
  return {
    dialect: 'sqlite',
    ...others,
    write,
    sealer: settings.sealer,
    committer: createCommitter((work) => inTransaction({ write }, work)),
  };
}

/** SQLite would make it, and begin with an empty one. */
function requireFile(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  throw new StoreError('database_missing', `There is no database at ${file}.`);
}

function openPostgresStore(
  settings: StoreSettings & { databaseUrl: string },
  opening: { done: boolean },
): Store {
  const { databaseUrl, directUrl = databaseUrl, poolSize = 10, sealer } = settings;
  const timelines = createTimelines();
  const connect = (url: string, name: string) =>
    createConnector(readPostgresUrl(url), timelines, name);
  const { write, read } = openPostgres(connect(databaseUrl, 'careerhooks'), poolSize, opening);
  return {
    dialect: 'postgres',
    write,
    read,
    sealer,
    lately: createAcceptedLately(),
    listen: (listener) =>
      listenOnPostgres(connect(directUrl, 'careerhooks-listen'), {
        listener,
        notifier: connect(databaseUrl, 'careerhooks-listen'),
        isDirect: directUrl !== databaseUrl,
      }),
    onFailover: (listener) => timelines.onNewer(() => listener()),
    close: () => write.close(),
  };
}

function unusable(settings: StoreSettings, error: unknown): StoreError {
  if (error instanceof StoreError && KNOWN.includes(error.code)) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new StoreError('database_unusable', `${placeOf(settings)} cannot be used: ${reason}`);
}

/** What says by itself which database cannot be used, and why. */
const KNOWN: readonly StoreErrorCode[] = ['database_unusable', 'database_missing'];

/** Says which database it is without its password. */
function placeOf({ databaseUrl, file }: StoreSettings): string {
  return databaseUrl === undefined
    ? `The database ${file}`
    : `The PostgreSQL database ${readPostgresUrl(databaseUrl).place} (DATABASE_URL)`;
}
