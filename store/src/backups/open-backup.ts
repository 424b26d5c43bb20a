import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { StoreError } from '../errors';

/** A backup that is open: whoever restores it may by then act as somebody who must not open it. */
export interface OpenBackup {
  path: string;
  handle: FileHandle;
}

/**
 * Opens a backup to restore it. Throws StoreError `database_unusable` where it is no file, or not whole by
 * itself, and system errors. Whoever opens it closes its handle.
 */
export async function openBackup(path: string): Promise<OpenBackup> {
  if (!statSync(path).isFile()) {
    throw new StoreError('database_unusable', `${path} is not a file.`);
  }
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new StoreError(
      'database_unusable',
      `${path} has a write-ahead log beside it, ${path}-wal, without which it is not whole. Make one file ` +
        `of them first: sqlite3 ${path} 'pragma journal_mode=delete'`,
    );
  }
  return { path, handle: await open(path) };
}
