import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What is known beside a database file of the run that had it last. With it a write-ahead log that a
 * kill has left is told from one that belongs to another database (`judge-wal.ts`).
 */
export interface Run {
  /** Which marks the database file may bear: the run's, and while that may not have come there, earlier ones. */
  marks: number[];
  /** The file's change counter when it had the mark: it only grows. */
  counter: number;
  /** Its schema's counter, likewise. */
  cookie: number;
  /** The file as the run left it when it ended in order. */
  left?: { ino: number; size: number; mtimeMs: number };
}

export function runFile(file: string): string {
  return `${file}-run`;
}

/** Undefined where there is none, or it is not readable as one. */
export function readRun(file: string): Run | undefined {
  try {
    const run = JSON.parse(readFileSync(runFile(file), 'utf8')) as Partial<Run> | null;
    return Array.isArray(run?.marks) &&
      typeof run.counter === 'number' &&
      typeof run.cookie === 'number'
      ? (run as Run)
      : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces it; whenever we are killed, there is the old one or the new one. */
export function writeRun(file: string, run: Run): void {
  const path = runFile(file);
  const draft = `${path}.draft`;
  writeFileSync(draft, `${JSON.stringify(run)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** So that new names outlive a power cut; Windows cannot, and need not. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
