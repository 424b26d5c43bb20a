import { DatabaseUnavailable } from '../errors';
import { admitSqlite, damagedFile } from './admit-sqlite';
import { checkInBackground } from './check-in-background';
import type { Database, Sql, Value } from './database';
import { createFileGuard, type FileGuard } from './guard-files';
import { createSqliteConnection, type SqliteConnection } from './sqlite-connection';
import { toOutage } from './sqlite-error';
import type { Trouble } from './trouble';

export interface SqliteSettings {
  /** Whether this process runs, alone with the file, rather than being a command beside one that does. */
  sole?: boolean | undefined;
  /** Told of what an operator has to know. */
  onTrouble?: ((trouble: Trouble) => void) | undefined;
}

/** An open SQLite file. */
export interface SqliteFile {
  write: Database;
  read: Database;
  /** How large its write-ahead log is, in bytes. */
  walBytes: () => number;
  close(): Promise<void>;
}

/**
 * Opens a SQLite file twice, for writing and, beside that, for reading. Each answers within the turn
 * of the event loop in which it is asked. Whatever is asked beside an open transaction waits for its end.
 *
 * What SQLite cannot do at the moment rejects with DatabaseUnavailable. Throws StoreError
 * `database_unusable` where the file must not be opened.
 */
export function openSqlite(file: string, { sole = false, onTrouble }: SqliteSettings): SqliteFile {
  const admission = admitSqlite(file, sole);
  const write = createSqliteConnection(file);
  const read = createSqliteConnection(file);
  try {
    write.connect();
    read.connect();
  } catch (error) {
    write.disconnect();
    admission.release(false);
    throw error;
  }
  const tell = onTrouble ?? (() => undefined);
  const guard = createFileGuard({ file, write, read, tell });
  const stopChecking = admission.unchecked
    ? checkInBackground(file, {
        damaged: (fault) =>
          guard.refuse(new DatabaseUnavailable('damaged', damagedFile(file, fault))),
        failed: (error) =>
          tell({
            level: 'warn',
            message: `${file} could not be checked for damage`,
            facts: { file, err: error },
          }),
      })
    : undefined;
  const sides = {
    read: createDatabase(file, read, guard),
    write: createDatabase(file, write, guard),
  };
  return {
    ...sides,
    walBytes: guard.walBytes,
    async close() {
      await stopChecking?.();
      await guard.stop();
      await sides.read.close();
      await sides.write.close();
      admission.release(guard.isWhole());
    },
  };
}

function createDatabase(file: string, connection: SqliteConnection, guard: FileGuard): Database {
  let last: Promise<unknown> = Promise.resolve();

  function alone<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  function run(sql: string, bindings?: readonly Value[]): unknown[] {
    try {
      return connection.run(sql, bindings);
    } catch (error) {
      const outage = toOutage(error, file);
      guard.tellDamage(outage);
      throw outage;
    }
  }

  const transaction: Sql = {
    isTransaction: true,
    // Rejects, where it throws.
    run: async (sql, bindings) => Promise.resolve(run(sql, bindings)),
  };

  /** SQLite may have ended it already; what went wrong is what matters. */
  function rollBack(): void {
    try {
      if (connection.inTransaction()) connection.run('rollback');
    } catch (error) {
      guard.tellDamage(toOutage(error, file));
    }
  }

  return {
    isTransaction: false,
    run: (sql, bindings) =>
      alone(() => {
        guard.admit();
        const rows = run(sql, bindings);
        if (!connection.isReading(sql)) guard.afterCommit();
        return rows;
      }),
    transaction: (work) =>
      alone(async () => {
        guard.admit();
        // Takes the writer's lock at once: one that read first could find that another process has
        // written since, and fail.
        run('begin immediate');
        let result;
        try {
          result = await work(transaction);
          run('commit');
        } finally {
          rollBack();
        }
        guard.afterCommit();
        return result;
      }),
    close: () => alone(() => connection.disconnect()),
  };
}
