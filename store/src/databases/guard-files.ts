import { renameSync, type Stats, statSync } from 'node:fs';
import { DatabaseUnavailable } from '../errors';
import { copySqlite } from './copy-sqlite';
import type { SqliteConnection } from './sqlite-connection';
import type { Trouble } from './trouble';

/** How often the files are looked at beside commits, in milliseconds. */
const LOOK_MS = 1_000;

/** From which size on a write-ahead log is told of, in bytes; then again when it has doubled. */
const LONG_WAL_BYTES = 256 * 1024 * 1024;

/** Damage that statements meet is told of this often, in milliseconds. */
const TELL_DAMAGE_MS = 60_000;

/**
 * Sees whether the files at a database's path are still those that are open. What is committed to others
 * would be lost with the process, though it is answered.
 */
export interface FileGuard {
  /** Throws DatabaseUnavailable where it is known that nothing may be asked. */
  admit(): void;
  /** After a commit, before anybody is told of it: throws DatabaseUnavailable where it is not durable. */
  afterCommit(): void;
  /** Refuses everything from now on. */
  refuse(outage: DatabaseUnavailable): void;
  /** Tells of an outage that is damage. */
  tellDamage(error: unknown): void;
  /** Size of the write-ahead log. */
  walBytes: () => number;
  /** Whether the files were those that are open, when it looked last. */
  isWhole(): boolean;
  /** Ends it, before the connections are closed; what is being saved is saved first. */
  stop(): Promise<void>;
}

type Finding = 'database_gone' | 'database_replaced' | 'wal_gone' | 'wal_replaced';

interface Guarded {
  file: string;
  write: SqliteConnection;
  read: SqliteConnection;
  tell: (trouble: Trouble) => void;
}

/** For a file that both connections have open. */
export function createFileGuard({ file, write, read, tell }: Guarded): FileGuard {
  const wal = `${file}-wal`;
  let open = identify(file, wal);
  let walSize = 0;
  let toldSize = LONG_WAL_BYTES / 2;
  let toldDamageAt = -Infinity;
  let trouble: DatabaseUnavailable | undefined;
  let refusal: DatabaseUnavailable | undefined;
  let saving: Promise<void> | undefined;
  /** Where what is open is still to be saved to: it could not be before. */
  let unsaved: string | undefined;

  /** Two questions to the operating system, of 2 µs each. */
  function look(): Finding | undefined {
    const database = stat(file);
    const log = stat(wal);
    walSize = log?.size ?? 0;
    // Windows lets nobody replace or delete what is open, and its inodes are not to be relied on.
    if (process.platform === 'win32') return undefined;
    if (database === undefined) return 'database_gone';
    if (!isSame(database, open.database)) return 'database_replaced';
    if (log === undefined) return 'wal_gone';
    return isSame(log, open.wal) ? undefined : 'wal_replaced';
  }

  function examine(): void {
    const finding = look();
    if (finding === undefined) {
      recover();
      return;
    }
    if (finding === 'wal_gone' && saving === undefined && heal()) return;
    if (trouble !== undefined) return;
    trouble = new DatabaseUnavailable('replaced', SENTENCES[finding](file));
    save(trouble);
  }

  function recover(): void {
    if (trouble === undefined) return;
    trouble = undefined;
    tell({ level: 'warn', message: `${file} is the file that was opened again`, facts: { file } });
  }

  /**
   * A write-ahead log that was deleted is still open, and nobody can have opened another since: all of
   * it goes into the database, and a new one begins. Not while another process has the deleted one open.
   */
  function heal(): boolean {
    try {
      write.connect();
      // Only the last connection can give up the log.
      read.disconnect();
      const [row] = write.opened().pragma('wal_checkpoint(truncate)') as { busy: number }[];
      if (row?.busy !== 0) return false;
      if (write.opened().pragma('journal_mode=delete', { simple: true }) !== 'delete') return false;
      // Anew, with all that a connection is opened with.
      write.disconnect();
      write.connect();
      read.connect();
    } catch {
      return false;
    }
    open = identify(file, wal);
    trouble = undefined;
    const message =
      `somebody deleted the write-ahead log ${wal} while it was in use; all of it was still open and is ` +
      'in the database now: nothing is lost. Leave the files alone while CareerHooks runs';
    tell({ level: 'error', message, facts: { file: wal } });
    return true;
  }

  /** What is open, and was answered, has no name any more: it is kept under another. */
  function save({ message }: DatabaseUnavailable): void {
    const target = `${file}.saved-${timestamp()}`;
    const facts = { file, saving_to: target };
    const advice =
      `${message} Nothing is accepted until what was open is back. What it has is saved to ${target}: ` +
      `stop CareerHooks, then \`careerhooks restore ${target}\` brings all of it back`;
    tell({ level: 'error', message: advice, facts });
    copy(target, (error) =>
      tell({
        level: 'error',
        message: `the database could not be saved to ${target}; trying on: do not end the process before it is`,
        facts: { ...facts, err: error },
      }),
    );
  }

  function copy(target: string, failed: (error: unknown) => void): void {
    saving = copySqlite(write.opened(), target, { turns: true })
      .then(
        () => {
          unsaved = undefined;
          tell({ level: 'warn', message: `saved the database to ${target}`, facts: { file } });
        },
        (error: unknown) => {
          unsaved = target;
          failed(error);
        },
      )
      .finally(() => (saving = undefined));
  }

  /** The folder, or room, may be back. */
  function saveLater(): void {
    if (trouble === undefined) unsaved = undefined;
    if (unsaved !== undefined && saving === undefined) copy(unsaved, () => undefined);
  }

  function watchSize(): void {
    if (walSize < LONG_WAL_BYTES) toldSize = LONG_WAL_BYTES / 2;
    if (walSize < toldSize * 2) return;
    toldSize = walSize;
    const megabytes = Math.round(walSize / 1e6);
    const message =
      `the write-ahead log ${wal} has ${megabytes} MB: something has been reading the database for long, ` +
      'as a sqlite3 shell with an open transaction does. It is cut when that ends';
    tell({ level: 'warn', message, facts: { file: wal, bytes: walSize } });
  }

  const timer = setInterval(() => {
    // Its commit looks.
    if (write.inTransaction()) return;
    examine();
    saveLater();
    watchSize();
  }, LOOK_MS);
  timer.unref();

  const admit = (): void => {
    const known = refusal ?? trouble;
    if (known !== undefined) throw known;
  };

  return {
    admit,
    afterCommit() {
      examine();
      admit();
    },
    refuse(outage) {
      refusal = outage;
      tell({ level: 'error', message: outage.message, facts: { file } });
    },
    tellDamage(error) {
      if (!(error instanceof DatabaseUnavailable) || error.outage !== 'damaged') return;
      if (performance.now() - toldDamageAt < TELL_DAMAGE_MS) return;
      toldDamageAt = performance.now();
      const message = `${error.message}. Stop CareerHooks, and restore a backup with \`careerhooks restore\``;
      tell({ level: 'error', message, facts: { file } });
    },
    walBytes: () => walSize,
    isWhole: () => trouble === undefined && refusal === undefined,
    async stop() {
      clearInterval(timer);
      await saving;
      // SQLite deletes what is there when the last connection closes, whosever it is.
      if (look() === 'wal_replaced') renameSync(wal, `${wal}.found-${timestamp()}`);
    },
  };
}

const SENTENCES: Record<Finding, (file: string) => string> = {
  database_gone: (file) => `The database ${file} was moved away or deleted while it was in use.`,
  database_replaced: (file) =>
    `The database ${file} was replaced by another file while it was in use.`,
  wal_gone: (file) =>
    `The write-ahead log ${file}-wal was deleted while another process reads the database, which has to close it.`,
  wal_replaced: (file) =>
    `The write-ahead log ${file}-wal was replaced by another file while it was in use.`,
};

interface Identity {
  dev: number;
  ino: number;
}

function identify(file: string, wal: string): { database?: Identity; wal?: Identity } {
  const [database, log] = [stat(file), stat(wal)];
  return { ...(database && { database }), ...(log && { wal: log }) };
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

/** `20260131-100500-123` */
export function timestamp(): string {
  return new Date().toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
}
