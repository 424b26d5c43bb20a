import Sqlite from 'better-sqlite3';
import type { Value } from './database';

/** Statements whose text depends on how many values there are could be endless. */
const MOST_STATEMENTS = 300;

/** Within which another process has to be done with a file that is opened, in milliseconds. */
export const OPEN_PATIENCE_MS = 5_000;

/**
 * To what the write-ahead log is cut when it begins anew, in bytes. In quiet times it has 4 MB; a reader
 * that took long makes it longer.
 */
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

/** One connection to a SQLite file, which can be closed and opened again. */
export interface SqliteConnection {
  connect(): void;
  disconnect(): void;
  /** What is open; throws where nothing is. */
  opened(): Sqlite.Database;
  inTransaction(): boolean;
  /** Whether the statement leaves the database as it is. */
  isReading(sql: string): boolean;
  run(sql: string, bindings?: readonly Value[]): unknown[];
}

/**
 * `synchronous=FULL`: with write-ahead logging, anything less loses the last
 * commits in a power cut, and a 202 means durable. `temp_store=memory`: what a
 * statement may have to undo needs no file, made and removed with each transaction.
 * Once it is open there is no `busy_timeout`: it would stop the event loop for as long.
 */
const PRAGMAS =
  'pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; ' +
  `pragma journal_size_limit=${WAL_LIMIT_BYTES}; pragma busy_timeout=0; pragma temp_store=memory`;

export function createSqliteConnection(file: string): SqliteConnection {
  // Our statements are few, and the same each time: each is prepared once.
  const statements = new Map<string, Sqlite.Statement>();
  let connection: Sqlite.Database | undefined;

  function opened(): Sqlite.Database {
    if (connection === undefined) throw new Error('The database is closed.');
    return connection;
  }

  function prepare(sql: string): Sqlite.Statement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = opened().prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  return {
    connect() {
      if (connection !== undefined) return;
      const made = new Sqlite(file, { timeout: OPEN_PATIENCE_MS });
      try {
        made.exec(PRAGMAS);
        // From now on it has its write-ahead log open.
        made.exec('select 1 from sqlite_schema limit 1');
      } catch (error) {
        made.close();
        throw error;
      }
      connection = made;
    },
    disconnect() {
      statements.clear();
      connection?.close();
      connection = undefined;
    },
    opened,
    inTransaction: () => connection?.inTransaction ?? false,
    isReading: (sql) => prepare(sql).readonly,
    run(sql, bindings = []) {
      const statement = prepare(sql);
      const values = bindings.map((value) => (typeof value === 'boolean' ? Number(value) : value));
      if (statement.reader) return statement.all(...values);
      statement.run(...values);
      return [];
    },
  };
}
