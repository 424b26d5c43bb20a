import { renameSync } from 'node:fs';
import { DatabaseUnavailable } from '../errors';
import { healWal } from './heal-wal';
import { type Finding, identifyFiles, lookAtFiles, type OpenFiles } from './open-files';
import { createRescue, type Rescue } from './rescue-open';
import type { SqliteConnection } from './sqlite-connection';
import { timestamp } from './timestamp';
import type { Trouble } from './trouble';
import { watchWalSize } from './watch-wal-size';

/** How often the files are looked at beside commits, in milliseconds. */
const LOOK_MS = 1_000;

/** Damage that statements meet is told of this often, in milliseconds. */
const TELL_DAMAGE_MS = 60_000;

/**
 * Sees whether the files at a database's path are still those that are open. What is committed to others
 * would be lost with the process, though it is answered.
 *
 * - *Whole*: they are. Where the write-ahead log alone was deleted, it is healed, and whole again.
 * - *Replaced*: they are not, and nothing may be asked. What is open is saved under another name. Once they
 *   are back, or the log can be healed, it is whole.
 * - *Refused*, by `refuse`: nothing may be asked, whatever the files are, until the process ends.
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
  /** Size of the write-ahead log, in bytes. */
  walBytes: () => number;
  /** Whether the files were those that are open, when it looked last. */
  isWhole(): boolean;
  /** Ends it, before the connections are closed; what is being saved is saved first. */
  stop(): Promise<void>;
}

interface Guarded {
  readonly file: string;
  readonly write: SqliteConnection;
  readonly read: SqliteConnection;
  readonly tell: (trouble: Trouble) => void;
}

/** What a guard knows. */
interface Guard extends Guarded {
  readonly rescue: Rescue;
  open: OpenFiles;
  walBytes: number;
  /** Why nothing may be asked while the files are replaced. */
  replaced: DatabaseUnavailable | undefined;
  refused: DatabaseUnavailable | undefined;
  toldDamageAt: number;
}

/** For a file that both connections have open. */
export function createFileGuard(guarded: Guarded): FileGuard {
  const { file } = guarded;
  const guard: Guard = {
    ...guarded,
    rescue: createRescue(guarded),
    open: identifyFiles(file),
    walBytes: 0,
    replaced: undefined,
    refused: undefined,
    toldDamageAt: -Infinity,
  };
  const timer = startLooking(guard);
  return {
    admit: () => admit(guard),
    afterCommit() {
      examine(guard);
      admit(guard);
    },
    refuse(outage) {
      guard.refused = outage;
      guard.tell({ level: 'error', message: outage.message, facts: { file } });
    },
    tellDamage: (error) => tellDamage(guard, error),
    walBytes: () => guard.walBytes,
    isWhole: () => guard.replaced === undefined && guard.refused === undefined,
    async stop() {
      clearInterval(timer);
      await guard.rescue.settle();
      const { wal } = guard.open;
      // SQLite deletes what is there when the last connection closes, whosever it is.
      if (look(guard) === 'wal_replaced') renameSync(wal, `${wal}.found-${timestamp()}`);
    },
  };
}

function startLooking(guard: Guard): NodeJS.Timeout {
  const { rescue, write, tell } = guard;
  const watchSize = watchWalSize(guard.open.wal, tell);
  const timer = setInterval(() => {
    // Its commit looks.
    if (write.inTransaction()) return;
    examine(guard);
    if (guard.replaced === undefined) rescue.giveUp();
    rescue.tryAgain();
    watchSize(guard.walBytes);
  }, LOOK_MS);
  return timer.unref();
}

function admit({ refused, replaced }: Guard): void {
  const known = refused ?? replaced;
  if (known !== undefined) throw known;
}

function examine(guard: Guard): void {
  const finding = look(guard);
  if (finding === undefined) {
    recover(guard);
    return;
  }
  if (finding === 'wal_gone' && !guard.rescue.isSaving() && heal(guard)) return;
  if (guard.replaced !== undefined) return;
  guard.replaced = new DatabaseUnavailable('replaced', SENTENCES[finding](guard.file));
  guard.rescue.begin(guard.replaced);
}

function look(guard: Guard): Finding | undefined {
  const { finding, walBytes } = lookAtFiles(guard.open);
  guard.walBytes = walBytes;
  return finding;
}

function recover(guard: Guard): void {
  if (guard.replaced === undefined) return;
  const { file, write, read, tell } = guard;
  try {
    // Trying to heal the log may have closed them.
    write.connect();
    read.connect();
  } catch {
    // The next look tries again.
    return;
  }
  guard.replaced = undefined;
  tell({ level: 'warn', message: `${file} is the file that was opened again`, facts: { file } });
}

function heal(guard: Guard): boolean {
  if (!healWal(guard.write, guard.read)) return false;
  guard.open = identifyFiles(guard.file);
  guard.replaced = undefined;
  const { wal } = guard.open;
  const message =
    `somebody deleted the write-ahead log ${wal} while it was in use; all of it was still open and is ` +
    'in the database now: nothing is lost. Leave the files alone while CareerHooks runs';
  guard.tell({ level: 'error', message, facts: { file: wal } });
  return true;
}

function tellDamage(guard: Guard, error: unknown): void {
  if (!(error instanceof DatabaseUnavailable) || error.outage !== 'damaged') return;
  if (performance.now() - guard.toldDamageAt < TELL_DAMAGE_MS) return;
  guard.toldDamageAt = performance.now();
  const message = `${error.message}. Stop CareerHooks, and restore a backup with \`careerhooks restore\``;
  guard.tell({ level: 'error', message, facts: { file: guard.file } });
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
