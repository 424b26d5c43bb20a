import { DatabaseUnavailable } from '../errors';
import { admitSqlite, damagedFile } from './admit-sqlite';
import { checkInBackground } from './check-in-background';
import type { Database } from './database';
import { createFileGuard } from './guard-files';
import { createSqliteConnection } from './sqlite-connection';
import { createSqliteDatabase } from './sqlite-database';
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
    read: createSqliteDatabase(file, read, guard),
    write: createSqliteDatabase(file, write, guard),
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
