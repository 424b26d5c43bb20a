import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseUnavailable, type Outage } from '../errors';

/** What SQLite's result codes mean, by how they begin; the first that fits. */
const OUTAGES: readonly [code: string, outage: Outage, sentence: string][] = [
  ['SQLITE_BUSY', 'locked', 'Another process has locked the database file'],
  ['SQLITE_LOCKED', 'locked', 'The database file is locked'],
  ['SQLITE_PROTOCOL', 'locked', 'Other processes compete for the database file'],
  ['SQLITE_FULL', 'full', 'The disk of the database file is full'],
  // The index of the write-ahead log could not grow.
  ['SQLITE_IOERR_SHMSIZE', 'full', 'The disk of the database file is full'],
  ['SQLITE_READONLY_DBMOVED', 'replaced', 'The database file was moved away'],
  ['SQLITE_READONLY', 'read_only', 'The database file, or its folder, must not be written to'],
  ['SQLITE_CORRUPT', 'damaged', 'The database file is damaged'],
  ['SQLITE_NOTADB', 'damaged', 'The database file is not a database'],
  ['SQLITE_IOERR', 'away', 'The database file cannot be read or written'],
  ['SQLITE_CANTOPEN', 'away', 'The database file cannot be opened'],
];

/** What a failure of SQLite's at `file` means: an outage, or else the error as it is. */
export function toOutage(error: unknown, file: string): unknown {
  const code = codeOf(error);
  const known = OUTAGES.find(([start]) => code.startsWith(start));
  if (known === undefined) return error;
  let [, outage, sentence] = known;
  // SQLite tells some writes that found no room from other failures, and some not.
  if (outage === 'away' && isFull(file)) [outage, sentence] = ['full', 'Its disk is full'];
  const { message } = error as Error;
  return new DatabaseUnavailable(outage, `${sentence}: ${file} (${code}: ${message})`, {
    cause: error,
  });
}

/** Whether somebody else has the SQLite file for a moment. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailable &&
    error.outage === 'locked' &&
    codeOf(error.cause).startsWith('SQLITE_BUSY')
  );
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

function isFull(file: string): boolean {
  try {
    return statfsSync(dirname(file)).bavail === 0;
  } catch {
    return false;
  }
}
