import type { SqliteConnection } from './sqlite-connection';

/**
 * A write-ahead log that was deleted is still open, and nobody can have opened another since: all of
 * it goes into the database, and a new one begins. Not while another process has the deleted one open.
 *
 * @returns whether it is healed, and both connections have the new one open.
 */
export function healWal(write: SqliteConnection, read: SqliteConnection): boolean {
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
    return true;
  } catch {
    return false;
  }
}
