import type { Trouble } from './trouble';

/** From which size on a write-ahead log is told of, in bytes; then again when it has doubled. */
const LONG_WAL_BYTES = 256 * 1024 * 1024;

/** Gives what to tell of each size that the write-ahead log is found to have, in bytes. */
export function watchWalSize(
  wal: string,
  tell: (trouble: Trouble) => void,
): (bytes: number) => void {
  let toldBytes = LONG_WAL_BYTES / 2;
  return (bytes) => {
    if (bytes < LONG_WAL_BYTES) toldBytes = LONG_WAL_BYTES / 2;
    if (bytes < toldBytes * 2) return;
    toldBytes = bytes;
    const megabytes = Math.round(bytes / 1e6);
    const message =
      `the write-ahead log ${wal} has ${megabytes} MB: something has been reading the database for long, ` +
      'as a sqlite3 shell with an open transaction does. It is cut when that ends';
    tell({ level: 'warn', message, facts: { file: wal, bytes } });
  };
}
