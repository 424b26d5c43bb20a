import type { Database, Sql, Value } from './database';
import type { FileGuard } from './guard-files';
import type { SqliteConnection } from './sqlite-connection';
import { toOutage } from './sqlite-error';

/** A connection to a SQLite file, and what is under way on it. */
interface Side {
  readonly file: string;
  readonly connection: SqliteConnection;
  readonly guard: FileGuard;
  /** What runs on it, or ran last: whatever is asked next waits for its end. */
  last: Promise<unknown>;
}

/** One connection as a database, whose statements and transactions run one after the other. */
export function createSqliteDatabase(
  file: string,
  connection: SqliteConnection,
  guard: FileGuard,
): Database {
  const side: Side = { file, connection, guard, last: Promise.resolve() };
  const transaction: Sql = {
    isTransaction: true,
    // Rejects, where it throws.
    run: async (sql, bindings) => Promise.resolve(run(side, sql, bindings)),
  };
  return {
    isTransaction: false,
    run: (sql, bindings) => alone(side, () => runByItself(side, sql, bindings)),
    transaction: (work) => alone(side, () => transact(side, () => work(transaction))),
    close: () => alone(side, () => connection.disconnect()),
  };
}

function alone<Result>(side: Side, work: () => Promise<Result> | Result): Promise<Result> {
  const result = side.last.then(work);
  side.last = result.catch(() => undefined);
  return result;
}

function run(
  { file, connection, guard }: Side,
  sql: string,
  bindings?: readonly Value[],
): unknown[] {
  try {
    return connection.run(sql, bindings);
  } catch (error) {
    const outage = toOutage(error, file);
    guard.tellDamage(outage);
    throw outage;
  }
}

function runByItself(side: Side, sql: string, bindings?: readonly Value[]): unknown[] {
  const { connection, guard } = side;
  guard.admit();
  const rows = run(side, sql, bindings);
  if (!connection.isReading(sql)) guard.afterCommit();
  return rows;
}

async function transact<Result>(side: Side, work: () => Promise<Result>): Promise<Result> {
  side.guard.admit();
  // Takes the writer's lock at once: one that read first could find that another process has
  // written since, and fail.
  run(side, 'begin immediate');
  let result;
  try {
    result = await work();
    run(side, 'commit');
  } finally {
    rollBack(side);
  }
  side.guard.afterCommit();
  return result;
}

/** SQLite may have ended it already; what went wrong is what matters. */
function rollBack({ file, connection, guard }: Side): void {
  try {
    if (connection.inTransaction()) connection.run('rollback');
  } catch (error) {
    guard.tellDamage(toOutage(error, file));
  }
}
