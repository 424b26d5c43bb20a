import { linkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../errors';
import { asOwnerOf } from '../owner';
import { damagedFile, refuseForeign } from '../databases/admit-sqlite';
import { copySqlite } from '../databases/copy-sqlite';
import { findDamage } from '../databases/find-damage';
import { timestamp } from '../databases/timestamp';
import { syncFolder } from '../databases/run-file';
import { OPEN_PATIENCE_MS } from '../databases/sqlite-connection';
import { toOutage } from '../databases/sqlite-error';

/**
 * Copies a database, which others may be writing to, to `target`: one moment of it, checked, on the disk,
 * in a single file that only its owner may read. It appears under its name when it is whole.
 *
 * Throws StoreError, `backup_exists` where `target` exists, unless `force` replaces it; and system errors.
 *
 * @returns the size of the copy, in bytes.
 */
export async function backupSqlite(
  file: string,
  target: string,
  { force }: { force: boolean },
): Promise<number> {
  refuseForeign(file);
  const draft = `${target}.draft-${timestamp()}`;
  try {
    await copyTo(draft, file);
    const fault = findDamage(draft);
    if (fault !== undefined) throw new StoreError('database_unusable', damagedFile(file, fault));
    if (force) renameSync(draft, target);
    else nameAnew(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(target));
  return statSync(target).size;
}

/** Unlike a renaming, it leaves alone what is there. */
function nameAnew(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new StoreError('backup_exists', `${target} exists.`);
  }
}

async function copyTo(draft: string, file: string): Promise<void> {
  let source: Sqlite.Database | undefined;
  try {
    source = openSource(realpathSync(file));
    await copySqlite(source, draft, { turns: false });
  } catch (error) {
    throw toOutage(error, file);
  } finally {
    source?.close();
  }
}

/**
 * Opens it with its write-ahead log, which it makes where there is none: as the owner of the folder, whose
 * that has to be, though root copies.
 */
function openSource(file: string): Sqlite.Database {
  return asOwnerOf(dirname(file), () => {
    const source = new Sqlite(file, { readonly: true, timeout: OPEN_PATIENCE_MS });
    try {
      source.exec('select 1 from sqlite_schema limit 1');
      return source;
    } catch (error) {
      source.close();
      throw error;
    }
  });
}
