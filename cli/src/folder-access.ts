import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SettingError } from './settings';
import { userName } from './user-name';

const { R_OK, W_OK, X_OK } = constants;

/** Files of the data folder that are written to. Others may be anybody's: a copy that root keeps there, say. */
const WRITTEN =
  /^(careerhooks\.db(-(wal|shm|journal))?|endpoints\.journal|instance\.lock(-journal)?|temporal-[^/]*\.db(-(wal|shm|journal))?|temporal\.pid|cache)$/;

/** What is read, or replaced by renaming. */
const READ = /^(careerhooks\.db-run|master-key|admin-token|cv-webhook-secret)$/;

/**
 * Throws SettingError, which names the owner and the command that mends it, where this user cannot write the
 * data folder, or a file of ours that is in it. SQLite would say that a database is readonly, and some of
 * it only later.
 *
 * @param dataDir a folder that is there.
 */
export function requireAccess(dataDir: string): void {
  if (!statSync(dataDir).isDirectory()) {
    throw new SettingError(
      `The data folder ${dataDir} is a file. Nothing was changed. Set CAREERHOOKS_DATA_DIR to a folder.`,
    );
  }
  const folder = faultOf(dataDir, R_OK | W_OK | X_OK);
  if (folder !== undefined) throw new SettingError(folderSentence(dataDir, folder));
  const faults = filesOf(dataDir).flatMap(({ path, mode }) => {
    const fault = faultOf(path, mode);
    return fault === undefined ? [] : [{ path, fault }];
  });
  const [first] = faults;
  if (first === undefined) return;
  throw new SettingError(
    fileSentence(
      first,
      faults.map(({ path }) => path),
    ),
  );
}

interface Access {
  path: string;
  mode: number;
}

function filesOf(dataDir: string): Access[] {
  const files = readdirSync(dataDir).flatMap((name) => accessTo(join(dataDir, name)));
  const database = join(dataDir, 'careerhooks.db');
  if (
    !existsSync(database) ||
    realpathSync(database) === join(realpathSync(dataDir), basename(database))
  ) {
    return files;
  }
  // A link: SQLite keeps its other files where the database is.
  const real = realpathSync(database);
  const beside = ['', '-wal', '-shm', '-journal'].map((ending) => `${real}${ending}`);
  return [
    ...files,
    { path: dirname(real), mode: R_OK | W_OK | X_OK },
    ...beside.filter((path) => existsSync(path)).map((path) => ({ path, mode: R_OK | W_OK })),
  ];
}

function accessTo(path: string): Access[] {
  const name = basename(path);
  if (WRITTEN.test(name)) return [{ path, mode: R_OK | W_OK }];
  return READ.test(name) ? [{ path, mode: R_OK }] : [];
}

/** Undefined where there is none; also where the file is gone meanwhile. */
function faultOf(path: string, mode: number): 'forbidden' | 'read-only' | undefined {
  try {
    accessSync(path, mode);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EROFS') return 'read-only';
    if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
    throw error;
  }
}

function folderSentence(dataDir: string, fault: 'forbidden' | 'read-only'): string {
  if (fault === 'read-only') return readOnlySentence(`The data folder ${dataDir}`);
  const { uid } = statSync(dataDir);
  const own = identity();
  const path = quoted(dataDir);
  if (uid === own.uid) {
    return `The data folder ${dataDir} must not be written to by its own user. Nothing was changed. Allow it: chmod u+rwx ${path}`;
  }
  return (
    `The data folder ${dataDir} belongs to ${userName(uid)}, and ${userName(own.uid)}, as whom this runs, must not ` +
    `write to it. Nothing was changed. Run this as ${userName(uid)}; or, to give the folder away: ` +
    `sudo chown -R ${own.uid}:${own.gid} ${path}`
  );
}

function fileSentence(
  { path, fault }: { path: string; fault: 'forbidden' | 'read-only' },
  all: string[],
): string {
  if (fault === 'read-only') return readOnlySentence(path);
  const { uid } = statSync(path);
  const own = identity();
  const paths = all.map(quoted).join(' ');
  if (uid === statSync(dirname(path)).uid && uid !== own.uid) {
    return (
      `${path} belongs to ${userName(uid)}, as its folder does, and ${userName(own.uid)}, as whom this runs, must not ` +
      `read or write it. Nothing was changed. Run this as ${userName(uid)}.`
    );
  }
  if (uid === own.uid) {
    return `${path} must not be read and written by its own user. Nothing was changed. Allow it: chmod u+rw ${paths}`;
  }
  return (
    `${path} belongs to ${userName(uid)}, and ${userName(own.uid)}, as whom this runs, must not read or write it: a ` +
    `command that ran as another user has made it, or it was put there so. Nothing was changed. Give it back: ` +
    `sudo chown ${own.uid}:${own.gid} ${paths}`
  );
}

function readOnlySentence(what: string): string {
  return (
    `${what} is on a file system that is mounted read-only. Nothing was changed. Mount it to be written to, or set ` +
    'CAREERHOOKS_DATA_DIR to a folder that is.'
  );
}

/** Windows has neither, and no such faults. */
function identity(): { uid: number; gid: number } {
  return { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
}

/** For a shell, where it needs that. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
