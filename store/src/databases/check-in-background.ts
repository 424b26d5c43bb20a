import { Worker } from 'node:worker_threads';

/** In a thread of its own: SQLite answers within the turn of an event loop. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { findDamage } = require(workerData.module);
parentPort.postMessage(findDamage(workerData.file));
`;

/**
 * Looks for damage in a file that is too large for a start to wait.
 *
 * @param found told of the first fault.
 * @returns what ends it.
 */
export function checkInBackground(
  file: string,
  found: (fault: string) => void,
): () => Promise<void> {
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { file, module: require.resolve('./find-damage') },
  });
  worker.unref();
  worker.on('message', (fault: string | undefined) => {
    if (fault !== undefined) found(fault);
  });
  // It cannot be opened, say: then the statements that follow say so.
  worker.on('error', () => undefined);
  return async () => {
    await worker.terminate();
  };
}
