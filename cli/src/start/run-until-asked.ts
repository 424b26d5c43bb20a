import type { Logger } from 'pino';
import { createLogger } from '../logger';
import type { Settings } from '../settings';
import { stopRequest } from '../stop-request';
import { keepHeapSmall } from './keep-heap-small';

/** How long what is left may take to let the process end, in milliseconds. */
const LINGER_MS = 200;

type Print = (line: string) => void;

/** Something that runs until it is stopped. */
interface Running {
  /** Rejects where a setting has to be changed. */
  connected?: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs until SIGINT or SIGTERM, then stops in order.
 *
 * @param tell says that it runs, once it does.
 */
export async function runUntilAsked<Started extends Running>(
  settings: Settings,
  start: (log: Logger, print: Print) => Promise<Started>,
  tell: (started: Started, print: Print, asked: Promise<void>) => Promise<void> | void,
): Promise<void> {
  keepHeapSmall();
  const print: Print = (line) => void process.stdout.write(`${line}\n`);
  const asked = stopRequest(() =>
    print('Stopping: attempts under way may end first. Once more to stop at once.'),
  );
  const started = await start(createLogger(settings), print);
  // A setting that has to be changed ends the run with its reason.
  const over = Promise.race([asked, started.connected?.then(() => asked) ?? asked]);
  over.catch(() => undefined);
  try {
    await tell(started, print, asked);
    await over;
  } finally {
    await started.stop();
    // What does not let go of a Temporal that does not answer would keep the process.
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
  print('Stopped.');
}
