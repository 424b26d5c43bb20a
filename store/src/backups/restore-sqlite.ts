import {
  chmodSync,
  chownSync,
  createWriteStream,
  existsSync,
  linkSync,
  openSync,
  closeSync,
  fsyncSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../errors';
import { type Preview, previewRecovery } from '../journal/preview-recovery';
import { MIGRATIONS } from '../migrations';
import type { Sealer } from '../sealing';
import { openMasterKeyCheck } from '../settings/check-master-key';
import type { Sql } from '../databases/database';
import { findDamage } from '../databases/find-damage';
import { timestamp } from '../databases/timestamp';
import { fits } from '../databases/judge-wal';
import type { OpenBackup } from './open-backup';
import { readHeader, readWalHeaders } from '../databases/read-headers';
import { realFile } from '../databases/real-file';
import { readRun, runFile, syncFolder } from '../databases/run-file';

/** What a restoration did, and what the next start will do. */
export interface Restoration {
  /** Where the database is kept that was there before; undefined where there was none. */
  aside: string | undefined;
  /** Deliveries of the backup that were not finished, and go out again. */
  unfinished: number;
  /** What comes back from the journal. */
  journal: Preview;
}

/**
 * Puts a copy of `backup` in the place of the database at `path`, which nothing may have open, and keeps that
 * one aside with its write-ahead log. The copy gets the owner and the mode of the one before, or of the
 * folder. Whenever it is killed, a start finds the one or the other, or refuses a mixture.
 *
 * Throws StoreError `database_unusable` where the backup is none, is damaged, or of a newer version, and
 * `master_key_unknown` where its secrets would not open; then everything is as before.
 *
 * @param journal the journal of endpoints, which stays where it is.
 */
export async function restoreSqlite(
  backup: OpenBackup,
  path: string,
  { sealer, journal }: { sealer: Sealer; journal: string },
): Promise<Restoration> {
  const file = realFile(path);
  await refuseItself(backup, file);
  const draft = `${file}.draft-${timestamp()}`;
  try {
    await copyTo(draft, backup);
    const content = await inspect(draft, { backup: backup.path, sealer, journal });
    giveTo(draft, file);
    sync(draft);
    const aside = keepAside(file);
    renameSync(draft, file);
    // From here to the removal of the log a start would refuse to mix the two.
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    rmSync(runFile(file), { force: true });
    syncFolder(dirname(file));
    return { ...content, aside };
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) {
      rmSync(`${draft}${ending}`, { force: true });
    }
  }
}

async function refuseItself({ path, handle }: OpenBackup, file: string): Promise<void> {
  const there = statSync(file, { throwIfNoEntry: false });
  const { dev, ino } = await handle.stat();
  if (there?.ino !== ino || there.dev !== dev) return;
  throw unusable(`${path} is the database itself, not a backup of it.`);
}

/** Only its owner may read it, also while it is being written. */
async function copyTo(draft: string, { handle }: OpenBackup): Promise<void> {
  await pipeline(
    handle.createReadStream({ start: 0, autoClose: false }),
    createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
  );
}

async function inspect(
  draft: string,
  { backup, sealer, journal }: { backup: string; sealer: Sealer; journal: string },
): Promise<Omit<Restoration, 'aside'>> {
  const fault = findDamage(draft);
  if (fault !== undefined) throw unusable(`${backup} is damaged, or is not a database (${fault}).`);
  const connection = new Sqlite(draft);
  try {
    // One file: as a copy of a database that has a log, it would get one of its own.
    connection.pragma('journal_mode=delete');
    const sql: Sql = {
      isTransaction: true,
      run: (text, bindings = []) => Promise.resolve(connection.prepare(text).all(...bindings)),
    };
    await refuseForeignSchema(sql, backup);
    await openMasterKeyCheck(sql, sealer);
    const [row] = (await sql.run(
      'select count(*) as n from deliveries where finished_at is null',
    )) as { n: number }[];
    return { unfinished: row?.n ?? 0, journal: await previewRecovery(sql, journal) };
  } finally {
    connection.close();
  }
}

async function refuseForeignSchema(sql: Sql, backup: string): Promise<void> {
  const tables = (await sql.run("select name from sqlite_schema where type = 'table'")) as {
    name: string;
  }[];
  const names = new Set(tables.map(({ name }) => name));
  if (!['migrations', 'settings', 'deliveries'].every((name) => names.has(name))) {
    throw unusable(`${backup} is not a database of CareerHooks.`);
  }
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const applied = (await sql.run('select name from migrations')) as { name: string }[];
  const newer = applied.filter(({ name }) => !known.has(name));
  if (newer.length === 0) return;
  throw unusable(
    `${backup} was made by a newer version of CareerHooks (${newer.map(({ name }) => name).join(', ')}). ` +
      'Upgrade first.',
  );
}

/** Root restores for the user that CareerHooks runs as. */
function giveTo(draft: string, file: string): void {
  const before: Stats | undefined = statSync(file, { throwIfNoEntry: false });
  chmodSync(draft, before === undefined ? 0o600 : before.mode & 0o777);
  const { uid, gid } = before ?? statSync(dirname(file));
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Under another name, with its log where that belongs to it: what was accepted last is in there. */
function keepAside(file: string): string | undefined {
  const aside = `${file}.before-${timestamp()}`;
  const wal = `${file}-wal`;
  const isOwn = fits(readHeader(file), readWalHeaders(wal), readRun(file));
  if (existsSync(file)) linkSync(file, aside);
  if ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    linkSync(wal, isOwn ? `${aside}-wal` : `${aside}-wal-of-another`);
  }
  return existsSync(file) ? aside : undefined;
}

function unusable(message: string): StoreError {
  return new StoreError('database_unusable', message);
}
