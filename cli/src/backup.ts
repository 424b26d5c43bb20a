import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { backupSqlite, StoreError } from '@careerhooks/store';
import { nothingThere } from './existing-store';
import { requireAccess } from './folder-access';
import { dataFile, type Settings, SetupError } from './settings';

/** `careerhooks backup <file>`: copies the SQLite database, while CareerHooks runs too. */
export async function backup(
  settings: Settings,
  { target, force }: { target: string; force: boolean },
  print: (line: string) => void,
): Promise<void> {
  if (settings.databaseUrl !== undefined) {
    throw new SetupError(
      'careerhooks backup is for SQLite: of PostgreSQL (DATABASE_URL) make backups with pg_dump, or by ' +
        'continuous archiving, as docs/production.md says.',
    );
  }
  const file = dataFile(settings, 'careerhooks.db');
  if (!existsSync(file)) throw noDatabase(settings, file);
  const path = resolve(target);
  if (existsSync(path) && realpathSync(path) === realpathSync(file)) {
    throw new SetupError(`${path} is the database itself.`);
  }
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new SetupError(
      `There is no folder ${folder} for the backup: make it, or choose another.`,
    );
  }
  if (isOurs(path, settings)) {
    throw new SetupError(
      `${path} is one of the data folder, whose files are in use: choose another place.`,
    );
  }
  const bytes = await backupSqlite(file, path, { force }).catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'backup_exists') throw error;
    throw new SetupError(`${error.message} Choose another name, or replace it with --force.`);
  });
  print(`${path} is a backup of ${file}: ${(bytes / 1e6).toFixed(1)} MB, checked.`);
  print('It opens with the master key alone: keep that, too, in another place.');
}

/** What cannot be looked at is another user's. */
function noDatabase(settings: Settings, file: string): Error {
  if (existsSync(settings.dataDir)) requireAccess(settings.dataDir);
  return nothingThere(settings, `There is no database at ${file}.`);
}

/** Those of the data folder that are there, and those that lie beside a database. */
function isOurs(path: string, settings: Settings): boolean {
  if (realpathSync(dirname(path)) !== realpathSync(settings.dataDir)) return false;
  return existsSync(path) || basename(path).startsWith('careerhooks.db-');
}
