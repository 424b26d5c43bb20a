import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StoreError } from './errors';

/** A lock that lasts until it is released, or its process has ended in whatever way. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock at `path`, for a process that must be alone. It is SQLite's own
 * lock on an empty database, which the operating system ends with the process: a
 * pid in a file would outlive a kill, and name another process after a restart
 * of the container. Throws StoreError `data_folder_in_use` where another has it.
 */
export function lockFile(path: string): FileLock {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { timeout: 0 });
    database.exec('begin exclusive');
  } catch (error) {
    database?.close();
    throw refusal(dirname(path), error);
  }
  const locked = database;
  return { release: () => void locked.close() };
}

function refusal(folder: string, error: unknown): unknown {
  const code = String((error as { code?: unknown }).code);
  if (code === 'SQLITE_BUSY') {
    return new StoreError(
      'data_folder_in_use',
      `The data folder ${folder} is in use by another CareerHooks. Stop it first, or set ` +
        'CAREERHOOKS_DATA_DIR to another folder.',
    );
  }
  if (!/^SQLITE_(READONLY|CANTOPEN)/.test(code)) return error;
  return new StoreError(
    'database_unusable',
    `The data folder ${folder} must not be written to by this user.`,
  );
}
