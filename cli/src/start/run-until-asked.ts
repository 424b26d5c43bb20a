import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLogger } from '../logger';
import type { Settings } from '../settings';
import { type StopSignal, stopRequest } from '../stop-request';
import { keepHeapSmall } from './keep-heap-small';
import { createServiceManager } from './service-manager';

/** How long what is left may take to let the process end, in milliseconds. */
const LINGER_MS = 200;

type Print = (line: string) => void;

/** Something that runs until it is stopped. */
interface Running {
  /** Rejects where a setting has to be changed. */
  connected?: Promise<void>;
  /** Says that it will stop, and goes on. */
  announceStop(): void;
  stop(): Promise<void>;
}

interface Command<Started> {
  start: (log: Logger, print: Print) => Promise<Started>;
  /** What systemd shows of it while it runs. */
  status: (started: Started) => string;
  /** Says that it runs, once it does. */
  tell: (started: Started, print: Print, asked: Promise<unknown>) => Promise<void> | void;
  /** How long it goes on once SIGTERM has come, in milliseconds: until nobody sends anything here any more. */
  drainMs: number;
}

/** Runs until SIGINT or SIGTERM, then stops in order. */
export async function runUntilAsked<Started extends Running>(
  settings: Settings,
  { start, status, tell, drainMs }: Command<Started>,
): Promise<void> {
  keepHeapSmall();
  const print: Print = (line) => void process.stdout.write(`${line}\n`);
  // A person at a terminal does not wait for a load balancer.
  const drainFor = (signal: StopSignal): number => (signal === 'SIGTERM' ? drainMs : 0);
  const log = createLogger(settings);
  const manager = createServiceManager(settings.env, log);
  const asked = stopRequest((signal) => {
    const line = stopLine(drainFor(signal));
    manager.stopping(line);
    print(line);
  });
  const started = await start(log, print);
  manager.ready(status(started));
  void asked.then(() => started.announceStop());
  // A setting that has to be changed ends the run with its reason.
  const over = Promise.race([asked, started.connected?.then(() => asked) ?? asked]);
  over.catch(() => undefined);
  try {
    await tell(started, print, asked);
    await sleep(drainFor(await over));
  } finally {
    await started.stop();
    await manager.end();
    // What does not let go of a Temporal that does not answer would keep the process.
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
  print('Stopped.');
}

function stopLine(drainMs: number): string {
  const seconds = drainMs / 1_000;
  const drain = drainMs === 0 ? '' : `what comes within ${seconds} s is still taken, and `;
  return `Stopping: ${drain}attempts under way may end first. Once more to stop at once.`;
}
