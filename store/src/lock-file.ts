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
  const database = new Sqlite(path, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new StoreError(
      'data_folder_in_use',
      `The data folder ${dirname(path)} is in use by another CareerHooks. Stop it first, or set ` +
        'CAREERHOOKS_DATA_DIR to another folder.',
    );
  }
  return { release: () => void database.close() };
}
