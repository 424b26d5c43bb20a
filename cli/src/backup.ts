import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { backupSqlite } from '@careerhooks/store';
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
  if (!existsSync(file)) throw new SetupError(`There is no database at ${file}.`);
  const path = resolve(target);
  if (existsSync(path) && realpathSync(path) === realpathSync(file)) {
    throw new SetupError(`${path} is the database itself.`);
  }
  if (existsSync(path) && realpathSync(dirname(path)) === realpathSync(settings.dataDir)) {
    throw new SetupError(
      `${path} is in the data folder, whose files are in use: choose another place.`,
    );
  }
  const bytes = await backupSqlite(file, path, { force }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SetupError(`${path} exists. Choose another name, or replace it with --force.`);
  });
  print(`${path} is a backup of ${file}: ${(bytes / 1e6).toFixed(1)} MB, checked.`);
  print('It opens with the master key alone: keep that, too, in another place.');
}
