import Sqlite from 'better-sqlite3';
import type { Database, Sql, Value } from './database';

/** Statements whose text depends on how many values there are could be endless. */
const MOST_STATEMENTS = 300;

/** Within which another process has to be done with the file that is opened, in milliseconds. */
const OPEN_PATIENCE_MS = 5_000;

/**
 * Opens one connection to an SQLite file, which answers within the turn of the
 * event loop in which it is asked. Whatever is asked beside an open transaction
 * waits for its end.
 *
 * `synchronous=FULL`: with write-ahead logging, anything less loses the last
 * commits in a power cut, and a 202 means durable. `temp_store=memory`: what a
 * statement may have to undo needs no file, made and removed with each transaction.
 * Once it is open there is no `busy_timeout`: it would stop the event loop for as long.
 */
export function openSqlite(file: string): Database {
  const connection = new Sqlite(file, { timeout: OPEN_PATIENCE_MS });
  try {
    connection.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;');
    connection.exec('pragma busy_timeout=0; pragma temp_store=memory');
  } catch (error) {
    connection.close();
    throw error;
  }
  const run = createRunner(connection);
  let last: Promise<unknown> = Promise.resolve();

  function alone<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  const transaction: Sql = {
    isTransaction: true,
    // Rejects, where it throws.
    run: async (sql, bindings) => Promise.resolve(run(sql, bindings)),
  };

  return {
    isTransaction: false,
    run: (sql, bindings) => alone(() => run(sql, bindings)),
    transaction: (work) =>
      alone(async () => {
        // Takes the writer's lock at once: one that read first could find that another process has
        // written since, and fail.
        run('begin immediate');
        try {
          const result = await work(transaction);
          run('commit');
          return result;
        } finally {
          if (connection.inTransaction) run('rollback');
        }
      }),
    close: () => alone(() => void connection.close()),
  };
}

/** Our statements are few, and the same each time: each is prepared once. */
function createRunner(
  connection: Sqlite.Database,
): (sql: string, bindings?: readonly Value[]) => unknown[] {
  const statements = new Map<string, Sqlite.Statement>();

  function prepare(sql: string): Sqlite.Statement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  return (sql, bindings = []) => {
    const statement = prepare(sql);
    const values = bindings.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    if (statement.reader) return statement.all(...values);
    statement.run(...values);
    return [];
  };
}
