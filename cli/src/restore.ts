import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type FileLock,
  lockFile,
  type OpenBackup,
  openBackup,
  type Restoration,
  restoreSqlite,
  StoreError,
} from '@careerhooks/store';
import { enterDataFolder } from './data-folder';
import { existingSealer, requireDataFolder } from './existing-store';
import { dataFile, type Settings, SetupError } from './settings';

/** `careerhooks restore <file>`: puts a backup in the place of the SQLite database. */
export async function restore(
  settings: Settings,
  source: string,
  print: (line: string) => void,
): Promise<void> {
  if (settings.databaseUrl !== undefined) {
    throw new SetupError(
      'careerhooks restore is for SQLite: restore PostgreSQL (DATABASE_URL) with pg_restore, or from its ' +
        'archive, as docs/production.md says.',
    );
  }
  const path = resolve(source);
  if (!existsSync(path)) throw new SetupError(`There is no file ${path}.`);
  requireDataFolder(settings);
  // Before root becomes the owner of the data folder, who may not be allowed to read it.
  const backup = await openBackup(path);
  try {
    await restoreFrom(backup, settings, print);
  } finally {
    await backup.handle.close();
  }
}

async function restoreFrom(
  backup: OpenBackup,
  settings: Settings,
  print: (line: string) => void,
): Promise<void> {
  enterDataFolder(settings);
  const sealer = existingSealer(settings);
  const lock = lockInstance(settings);
  try {
    const file = dataFile(settings, 'careerhooks.db');
    const journal = dataFile(settings, 'endpoints.journal');
    const restoration = await restoreSqlite(backup, file, { sealer, journal });
    tell(restoration, { backup: backup.path, file }, print);
  } finally {
    lock.release();
  }
}

function lockInstance(settings: Settings): FileLock {
  try {
    return lockFile(dataFile(settings, 'instance.lock'));
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'data_folder_in_use') throw error;
    throw new SetupError(`CareerHooks runs on ${settings.dataDir}. Stop it, then restore.`);
  }
}

function tell(
  { aside, unfinished, journal }: Restoration,
  { backup, file }: { backup: string; file: string },
  print: (line: string) => void,
): void {
  print(`${file} is now ${backup}, checked.`);
  if (aside !== undefined) print(`The one before is kept as ${aside}.`);
  print('The next start');
  print(
    `- sends ${unfinished} deliveries again that were not finished in the backup, with the same webhook-id;`,
  );
  const found: [does: string, ids: string[]][] = [
    ['brings back endpoints', journal.endpoints],
    ['brings back keys', journal.keys],
    ['revokes keys again', journal.revoked],
  ];
  const newer = found.filter(([, ids]) => ids.length > 0);
  if (newer.length === 0) print('- finds nothing newer in endpoints.journal.');
  for (const [does, ids] of newer)
    print(`- ${does}, as endpoints.journal has it: ${ids.join(', ')}.`);
  print('Have producers publish again, with the same ids or keys, what they published since.');
}
