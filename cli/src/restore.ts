import { chownSync, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { lockFile, type Restoration, restoreSqlite, StoreError } from '@careerhooks/store';
import { openSealer } from './open-store';
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
  const backup = resolve(source);
  if (!existsSync(backup)) throw new SetupError(`There is no file ${backup}.`);
  if (settings.masterKeys.length === 0 && !existsSync(dataFile(settings, 'master-key'))) {
    throw new SetupError(
      `The backup's master key is missing: put it into ${dataFile(settings, 'master-key')}, or into ` +
        'CAREERHOOKS_MASTER_KEY.',
    );
  }
  const lock = lockInstance(settings);
  try {
    const file = dataFile(settings, 'careerhooks.db');
    const restoration = await restoreSqlite(backup, file, {
      sealer: openSealer(settings),
      journal: dataFile(settings, 'endpoints.journal'),
    });
    tell(restoration, { backup, file }, print);
  } finally {
    lock.release();
  }
}

/** Where root is the first to lock, the lock is for whom the data folder is. */
function lockInstance(settings: Settings): ReturnType<typeof lockFile> {
  const path = dataFile(settings, 'instance.lock');
  try {
    const lock = lockFile(path);
    const { uid, gid } = statSync(dirname(path));
    if (process.getuid?.() === 0) chownSync(path, uid, gid);
    return lock;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'data_folder_in_use') throw error;
    throw new SetupError(`CareerHooks runs on ${dirname(path)}. Stop it, then restore.`);
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
