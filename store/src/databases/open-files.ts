import { type Stats, statSync } from 'node:fs';

/** The files of a database that is open. */
export interface OpenFiles {
  readonly file: string;
  /** Its write-ahead log. */
  readonly wal: string;
  /** Which they are, whatever is at their paths; what was not there has none. */
  readonly identities: { readonly file?: Identity; readonly wal?: Identity };
}

interface Identity {
  dev: number;
  ino: number;
}

/** What is wrong with what is at the paths of files that are open. */
export type Finding = 'database_gone' | 'database_replaced' | 'wal_gone' | 'wal_replaced';

/** Those that are at the database's path now, and that both connections have just opened. */
export function identifyFiles(file: string): OpenFiles {
  const wal = `${file}-wal`;
  const [database, log] = [stat(file), stat(wal)];
  return {
    file,
    wal,
    identities: { ...(database && { file: database }), ...(log && { wal: log }) },
  };
}

/**
 * Looks whether these are at their paths still, and how large the write-ahead log there is, in bytes. Two
 * questions to the operating system, of 2 µs each.
 */
export function lookAtFiles({ file, wal, identities }: OpenFiles): {
  finding: Finding | undefined;
  walBytes: number;
} {
  const database = stat(file);
  const log = stat(wal);
  return { finding: compare(database, log, identities), walBytes: log?.size ?? 0 };
}

function compare(
  database: Identity | undefined,
  log: Identity | undefined,
  open: OpenFiles['identities'],
): Finding | undefined {
  // Windows lets nobody replace or delete what is open, and its inodes are not to be relied on.
  if (process.platform === 'win32') return undefined;
  if (database === undefined) return 'database_gone';
  if (!isSame(database, open.file)) return 'database_replaced';
  if (log === undefined) return 'wal_gone';
  return isSame(log, open.wal) ? undefined : 'wal_replaced';
}

function isSame(now: Identity, then: Identity | undefined): boolean {
  return now.ino === then?.ino && now.dev === then.dev;
}

/** What cannot be looked at is not there for others either. */
function stat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
