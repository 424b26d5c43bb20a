import { randomInt } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../errors';
import { findDamage } from './find-damage';
import { fits } from './judge-wal';
import { readHeader, readWalHeaders } from './read-headers';
import { readRun, runFile, writeRun } from './run-file';
import { OPEN_PATIENCE_MS } from './sqlite-connection';

/** Up to which size a start waits for the check of the file, in bytes: some 0.1 s. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/** How many stores of this process have a file open: reading it by itself would end their locks on it. */
const openFiles = new Map<string, number>();

/** A file that may be opened. */
export interface Admission {
  /** Whether damage remains to be looked for. */
  unchecked: boolean;
  /** After it was closed. `whole`: its files were in order. */
  release(whole: boolean): void;
}

/**
 * Looks at a file before it is opened, and throws StoreError `database_unusable` where it must not be.
 * Nothing is changed then.
 *
 * @param sole this process is alone with the file, and runs: the file gets the mark of the run.
 */
export function admitSqlite(file: string, sole: boolean): Admission {
  const path = resolve(file);
  const others = openFiles.get(path) ?? 0;
  let unchecked = false;
  if (others === 0) {
    refuseForeign(file);
    if (sole) {
      ({ unchecked } = refuseDamaged(file));
      markRun(file);
    }
  }
  openFiles.set(path, others + 1);
  return {
    unchecked,
    release(whole) {
      const left = (openFiles.get(path) ?? 1) - 1;
      openFiles.set(path, left);
      if (left === 0 && sole && whole) noteLeft(file);
    },
  };
}

/**
 * Refuses a file beside which lies the write-ahead log of another database: SQLite would mix the two.
 * And one that is missing where there was one: beginning with an empty one would hide it.
 */
export function refuseForeign(file: string): void {
  const run = readRun(file);
  const wal = sizeOf(`${file}-wal`);
  if (sizeOf(file) === 0 && (wal > 0 || run !== undefined)) {
    throw new StoreError('database_unusable', missing(file));
  }
  if (wal === 0 || fits(readHeader(file), readWalHeaders(`${file}-wal`), run)) return;
  throw new StoreError('database_unusable', foreignWal(file));
}

function missing(file: string): string {
  return (
    `The database ${file} is missing, or empty, though one was in use here. Put it back, or restore a copy ` +
    `with \`careerhooks restore <backup>\`${savedCopy(file)}. To begin with an empty one, move away ` +
    `${runFile(file)} and, where there is one, ${file}-wal.`
  );
}

function foreignWal(file: string): string {
  return (
    `The database ${file} is not the one that ${file}-wal belongs to: it was put there, and the write-ahead ` +
    'log of the one before was left. Starting would mix them; nothing was changed. To go on with the file ' +
    `that is there, move ${file}-wal away. To restore a backup, use \`careerhooks restore <backup>\`${savedCopy(file)}.`
  );
}

/** Where the newest copy is that was saved when the files of a running instance were replaced. */
function savedCopy(file: string): string {
  const [newest] = readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${basename(file)}.saved-`) && !name.includes('-journal'))
    .sort()
    .reverse();
  return newest === undefined
    ? ''
    : ` (the newest that was saved here: ${join(dirname(file), newest)})`;
}

/**
 * Looks for damage in a file that a run opens, and refuses it (StoreError `database_unusable`).
 *
 * @returns whether it remains to be looked for, since it takes too long to wait for it.
 */
function refuseDamaged(file: string): { unchecked: boolean } {
  const size = sizeOf(file);
  if (size === 0) return { unchecked: false };
  if (size > CHECKED_AT_START_BYTES) return { unchecked: !isAsLeft(file) };
  const fault = findDamage(file);
  if (fault !== undefined) throw new StoreError('database_unusable', damagedFile(file, fault));
  return { unchecked: false };
}

export function damagedFile(file: string, fault: string): string {
  return (
    `The database ${file} is damaged (${fault}). Nothing was changed. Restore a backup with ` +
    '`careerhooks restore <backup>`, which keeps this one aside.'
  );
}

/**
 * Gives the file the mark of a new run, in the file itself rather than in its log, and notes it beside
 * the file. For a process that is alone with it, before it opens it.
 */
function markRun(file: string): void {
  const before = readRun(file);
  const mark = randomInt(1, 2 ** 31);
  const header = readHeader(file);
  const marks = new Set([...(before?.marks ?? []), header?.mark ?? 0, mark]);
  // Killed from here on, the file has one of them.
  const { counter = 0, cookie = 0 } = header ?? {};
  writeRun(file, { marks: [...marks], counter, cookie });
  const connection = new Sqlite(file, { timeout: OPEN_PATIENCE_MS });
  try {
    connection.exec(
      `pragma journal_mode=wal; pragma synchronous=full; pragma user_version=${mark}`,
    );
  } finally {
    // The last to close brings the log into the file.
    connection.close();
  }
  const marked = readHeader(file);
  // Else somebody has it open, and the log stays, with frames of earlier runs.
  if (marked?.mark !== mark || sizeOf(`${file}-wal`) > 0) return;
  writeRun(file, { marks: [mark], counter: marked.counter, cookie: marked.cookie });
}

/** Notes how a run left the file, in order. */
function noteLeft(file: string): void {
  const run = readRun(file);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (run === undefined || stats === undefined || sizeOf(`${file}-wal`) > 0) return;
  const { ino, size, mtimeMs } = stats;
  writeRun(file, { ...run, left: { ino, size, mtimeMs } });
}

function isAsLeft(file: string): boolean {
  const left = readRun(file)?.left;
  const { ino, size, mtimeMs } = statSync(file);
  return (
    left !== undefined &&
    left.ino === ino &&
    left.size === size &&
    left.mtimeMs === mtimeMs &&
    sizeOf(`${file}-wal`) === 0
  );
}

/** 0 where there is none. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
