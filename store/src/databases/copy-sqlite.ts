import { closeSync, fchmodSync, openSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** More pages than any database has. */
const ALL_PAGES = 0x7fff_ffff;

/** What is copied in one turn of the event loop: some milliseconds. */
const SOME_PAGES = 250;

/**
 * Copies what `source` has open to a new file that only its owner may read, consistent and on the disk,
 * with nothing beside it. Throws where `target` exists.
 *
 * @param turns whether the event loop turns meanwhile; then writes by other connections make it begin anew.
 */
export async function copySqlite(
  source: Sqlite.Database,
  target: string,
  { turns }: { turns: boolean },
): Promise<void> {
  makeOwn(target);
  try {
    await source.backup(target, { progress: () => (turns ? SOME_PAGES : ALL_PAGES) });
    const copy = new Sqlite(target);
    try {
      copy.pragma('journal_mode=delete');
      // It is of no run: a write-ahead log that is left beside it one day is another's.
      copy.pragma('user_version=0');
    } finally {
      copy.close();
    }
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

/** Of this mode whatever the umask is; what SQLite makes beside it gets the same. */
function makeOwn(path: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}
