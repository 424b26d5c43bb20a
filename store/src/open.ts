import { mkdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { createCommitter } from './committer';
import { StoreError } from './errors';
import { createJournal } from './journal/journal';
import { migrate } from './migrations';
import { ping } from './ping';
import type { Sealer } from './sealing';
import { checkMasterKey } from './settings/check-master-key';
import { inTransaction } from './sql';
import type { Store } from './store';
import { listenOnPostgres } from './wake-ups/listen-on-postgres';

export interface StoreSettings {
  /** A `postgres://` URL; wins over `file`. */
  databaseUrl?: string;
  /** Path of the SQLite file; its folder is made if missing. */
  file?: string;
  sealer: Sealer;
  /** File that keeps changes of endpoints beside the database (`recoverEndpoints`); none: nowhere. */
  journal?: string;
  /** Connections to PostgreSQL, 10 unless set. */
  poolSize?: number;
}

/**
 * Opens the database, brings its schema up to date, and checks that the master
 * key is the one its secrets were sealed with (StoreError `database_unusable`,
 * `master_key_unknown`).
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const opening = { done: false };
  const store =
    settings.databaseUrl === undefined
      ? openSqlite(settings.file ?? 'careerhooks.db', settings.sealer)
      : openPostgres(settings.databaseUrl, settings.poolSize ?? 10, settings.sealer, opening);
  try {
    await ping(store).catch((error: unknown) => {
      throw unusable(settings, error);
    });
    await migrate(store);
    await checkMasterKey(store);
    opening.done = true;
    if (settings.journal !== undefined) store.journal = createJournal(store, settings.journal);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * Errors are logged where they are caught, not by knex itself; they show
 * statements, but none of the values, which are people's data.
 */
const QUIET = { compileSqlOnError: false, log: { warn: () => undefined } };

/** Statements whose text depends on how many values there are could be endless. */
const MOST_STATEMENTS = 300;

function openSqlite(file: string, sealer: Sealer): Store {
  mkdirSync(dirname(file), { recursive: true });
  const connect = (max: number): Knex =>
    knex({
      client: 'better-sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
      ...QUIET,
      pool: { min: 1, max, afterCreate: setUpConnection },
    });
  const write = connect(1);
  const read = connect(3);
  return {
    dialect: 'sqlite',
    write,
    read,
    sealer,
    committer: createCommitter((work) => inTransaction({ write }, work)),
    close: async () => {
      await read.destroy();
      await write.destroy();
    },
  };
}

interface SqliteConnection {
  exec(sql: string): void;
  prepare(sql: string): unknown;
}

/**
 * `synchronous=FULL`: with write-ahead logging, anything less loses the last
 * commits in a power cut, and a 202 means durable.
 */
function setUpConnection(
  connection: SqliteConnection,
  done: (error: Error | null, connection: unknown) => void,
): void {
  connection.exec(
    'pragma busy_timeout=0; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;',
  );
  keepStatements(connection);
  done(null, connection);
}

/**
 * Our statements are few, and the same each time: each is prepared once, where
 * knex prepares it each time. A transaction takes the writer's lock at once: one
 * that read first could find that another process has written since, and fail.
 */
function keepStatements(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  const statements = new Map<string, unknown>();
  connection.prepare = (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql);
    statements.set(sql, statement);
    return statement;
  };
}

/** Says which database it is without its password. */
function unusable(settings: StoreSettings, error: unknown): StoreError {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  if (settings.databaseUrl === undefined) {
    return new StoreError(
      'database_unusable',
      `The database ${settings.file} cannot be used: ${reason}`,
    );
  }
  const { host, pathname } = new URL(settings.databaseUrl);
  return new StoreError(
    'database_unusable',
    `The PostgreSQL database ${host}${pathname} (DATABASE_URL) cannot be used: ${reason}`,
  );
}

const CONNECT_MS = 3_000;

/**
 * A server that is silent for this long, in milliseconds, while it is asked
 * something, is taken for gone, and its connection is closed. To time out the
 * query alone would leave its transaction open, for the connection's next user
 * to commit.
 */
const SILENCE_MS = 6_000;

/** @param opening until it is done, a statement (a migration's, say) may take as long as it needs. */
function openPostgres(
  databaseUrl: string,
  poolSize: number,
  sealer: Sealer,
  opening: { done: boolean },
): Store {
  // Our bigints are Unix milliseconds and counts: far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = knex({
    client: 'pg',
    ...QUIET,
    connection: {
      connectionString: databaseUrl,
      application_name: 'careerhooks',
      connectionTimeoutMillis: CONNECT_MS,
    },
    pool: {
      min: 0,
      max: poolSize,
      afterCreate: (
        client: { connection: { stream: Socket } },
        done: (error: null, client: unknown) => void,
      ) => {
        const { stream } = client.connection;
        stream.setTimeout(SILENCE_MS).on('timeout', () => {
          if (opening.done) stream.destroy(new Error('Connection terminated: no answer'));
        });
        done(null, client);
      },
    },
    acquireConnectionTimeout: 10_000,
  });
  return {
    dialect: 'postgres',
    write: pool,
    read: pool,
    sealer,
    listen: (listener) => listenOnPostgres(databaseUrl, listener),
    close: () => pool.destroy(),
  };
}
