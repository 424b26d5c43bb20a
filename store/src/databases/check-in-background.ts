import { Worker } from 'node:worker_threads';

/** `findDamage`, in a thread of its own: SQLite answers within the turn of an event loop. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
try {
  const connection = new Sqlite(workerData.file, { readonly: true });
  const answer = connection.pragma('quick_check(1)', { simple: true });
  connection.close();
  if (answer !== 'ok') parentPort.postMessage(answer);
} catch (error) {
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw error;
  parentPort.postMessage(error.message);
}
`;

/**
 * Looks for damage in a file that is too large for a start to wait.
 *
 * @returns what ends it.
 */
export function checkInBackground(
  file: string,
  listener: {
    /** Told of the first fault. */
    damaged(fault: string): void;
    /** The file could not be looked at. */
    failed(error: unknown): void;
  },
): () => Promise<void> {
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { file, sqlite: require.resolve('better-sqlite3') },
  });
  worker.unref();
  worker.on('message', (fault: string) => {
    listener.damaged(fault);
  });
  worker.on('error', (error) => {
    listener.failed(error);
  });
  return async () => {
    await worker.terminate();
  };
}
