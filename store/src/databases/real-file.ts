import { existsSync, realpathSync } from 'node:fs';

/** Where a file is, past links to it: SQLite keeps its write-ahead log there, and not beside the link. */
export function realFile(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
