import { closeSync, openSync, readSync } from 'node:fs';

/**
 * What the first page of a database says of it: in its file, or in a frame of a write-ahead log.
 * (https://www.sqlite.org/fileformat2.html)
 */
export interface Header {
  /** The `user_version`: ours is the mark of the run. */
  mark: number;
  /** Grows with changes of the first page; 1 in a copy that SQLite has made. */
  counter: number;
  /** Grows with changes of the schema; 1 in a copy by SQLite's backup, one more than before by VACUUM. */
  cookie: number;
}

const HEADER_BYTES = 100;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 'SQLite format 3\0';

/**
 * The header of a database file by itself, without its write-ahead log; undefined where there is no
 * file, or nothing in it. Not while this process has the file open in SQLite: closing a file ends all
 * locks that its process has on it.
 */
export function readHeader(file: string): Header | undefined {
  return reading(file, (read) => parse(read(0, HEADER_BYTES)));
}

/** The headers that a write-ahead log brings, oldest first; empty where there is none, or an empty one. */
export function readWalHeaders(wal: string): Header[] {
  return reading(wal, (read) => [...walHeaders(read)]) ?? [];
}

function* walHeaders(read: (at: number, length: number) => Buffer): Generator<Header> {
  const head = read(0, WAL_HEADER_BYTES);
  if (head.length < WAL_HEADER_BYTES) return;
  const pageSize = head.readUInt32BE(8);
  const salts = head.subarray(16, 24);
  if (pageSize < 512) return;
  for (let at = WAL_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + pageSize) {
    const frame = read(at, FRAME_HEADER_BYTES);
    // What has other salts is left from before the log began anew.
    if (frame.length < FRAME_HEADER_BYTES || !frame.subarray(8, 16).equals(salts)) return;
    if (frame.readUInt32BE(0) !== 1) continue;
    const header = parse(read(at + FRAME_HEADER_BYTES, HEADER_BYTES));
    if (header !== undefined) yield header;
  }
}

function parse(page: Buffer): Header | undefined {
  if (page.length < HEADER_BYTES || page.toString('latin1', 0, 16) !== MAGIC) return undefined;
  return {
    counter: page.readUInt32BE(24),
    cookie: page.readUInt32BE(40),
    mark: page.readInt32BE(60),
  };
}

function reading<Result>(
  path: string,
  work: (read: (at: number, length: number) => Buffer) => Result,
): Result | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return work((at, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, at));
    });
  } finally {
    closeSync(file);
  }
}
