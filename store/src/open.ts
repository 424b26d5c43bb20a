import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { migrate } from './migrations';
import type { Sealer } from './sealing';
import { checkMasterKey } from './settings/check-master-key';
import type { Store } from './store';

export interface StoreSettings {
  /** A `postgres://` URL; wins over `file`. */
  databaseUrl?: string;
  /** Path of the SQLite file; its folder is made if missing. */
  file?: string;
  sealer: Sealer;
  /** Connections to PostgreSQL, 10 unless set. */
  poolSize?: number;
}

/**
 * Opens the database, brings its schema up to date, and checks that the master
 * key is the one its secrets were sealed with (StoreError `master_key_unknown`).
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const store =
    settings.databaseUrl === undefined
      ? openSqlite(settings.file ?? 'careerhooks.db', settings.sealer)
      : openPostgres(settings.databaseUrl, settings.poolSize ?? 10, settings.sealer);
  try {
    await migrate(store);
    await checkMasterKey(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openSqlite(file: string, sealer: Sealer): Store {
  mkdirSync(dirname(file), { recursive: true });
  const connect = (max: number): Knex =>
    knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
      pool: { min: 1, max, afterCreate: setPragmas },
    });
  const write = connect(1);
  const read = connect(3);
  return {
    dialect: 'sqlite',
    write,
    read,
    sealer,
    close: async () => {
      await read.destroy();
      await write.destroy();
    },
  };
}

/**
 * `synchronous=FULL`: with write-ahead logging, anything less loses the last
 * commits in a power cut, and a 202 means durable.
 */
function setPragmas(
  connection: { exec(sql: string, done: (error: Error | null) => void): void },
  done: (error: Error | null, connection: unknown) => void,
): void {
  connection.exec(
    'pragma busy_timeout=5000; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;',
    (error) => done(error, connection),
  );
}

function openPostgres(databaseUrl: string, poolSize: number, sealer: Sealer): Store {
  // Our bigints are Unix milliseconds and counts: far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = knex({
    client: 'pg',
    connection: { connectionString: databaseUrl, application_name: 'careerhooks' },
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 10_000,
  });
  return { dialect: 'postgres', write: pool, read: pool, sealer, close: () => pool.destroy() };
}
