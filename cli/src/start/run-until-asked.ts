import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isForMachines } from '../log-options';
import { createLogger } from '../logger';
import type { Settings } from '../settings';
import { type StopSignal, stopRequest } from '../stop-request';
import { keepHeapSmall } from './keep-heap-small';
import { createServiceManager, type ServiceManager } from './service-manager';
import { createVoice, type Report } from './voice';

/** How long what is left may take to let the process end, in milliseconds. */
const LINGER_MS = 200;

/** How long a start that was asked to stop may take to come to its end, in milliseconds. */
const STARTS_WITHIN_MS = 3_000;

/** Something that runs until it is stopped. */
interface Running {
  /** Rejects where a setting has to be changed. */
  connected?: Promise<void>;
  /** Says that it will stop, and goes on. */
  announceStop(): void;
  stop(): Promise<void>;
}

/** That it runs: for a person, and for machines. */
interface Ready {
  text: string;
  facts: object;
}

interface Command<Started> {
  start: (log: Logger, report: Report) => Promise<Started>;
  /** What systemd shows of it while it runs. */
  status: (started: Started) => string;
  /** What to say of it; where that has to be waited for, no longer than until `asked`. */
  describe: (started: Started, asked: Promise<unknown>) => Promise<Ready> | Ready;
  /** How long it goes on once SIGTERM has come, in milliseconds: until nobody sends anything here any more. */
  drainMs: number;
}

/** Runs until SIGINT or SIGTERM, then stops in order. */
export async function runUntilAsked<Started extends Running>(
  settings: Settings,
  { start, status, describe, drainMs }: Command<Started>,
): Promise<void> {
  keepHeapSmall();
  const log = createLogger(settings);
  const { say, report } = createVoice(log, isForMachines(settings.production));
  const manager = createServiceManager(settings.env, log);
  let runs = false;
  // A person at a terminal does not wait for a load balancer, and to what does not serve nobody sends anything.
  const drainFor = (signal: StopSignal): number => (runs && signal === 'SIGTERM' ? drainMs : 0);
  const asked = stopRequest((signal) => {
    const line = stopLine(drainFor(signal));
    manager.stopping(line);
    say(line, { facts: { signal } });
  });
  const starting = start(log, report);
  const started = await Promise.race([starting, asked.then(() => undefined)]);
  if (started === undefined) {
    await giveUp(starting);
    await leave(manager);
    say('Stopped.');
    return;
  }
  runs = true;
  manager.ready(status(started));
  void asked.then(() => started.announceStop());
  // A setting that has to be changed ends the run with its reason.
  const over = Promise.race([asked, started.connected?.then(() => asked) ?? asked]);
  over.catch(() => undefined);
  try {
    const { text, facts } = await describe(started, asked);
    say(text, { message: 'ready', facts });
    await sleep(drainFor(await over));
  } finally {
    await started.stop();
    await leave(manager);
  }
  say('Stopped.');
}

/** What does not let go of a Temporal, or a database, that does not answer would keep the process. */
async function leave(manager: ServiceManager): Promise<void> {
  await manager.end();
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/**
 * Asked to stop before it ran: what has begun is ended in order if it comes to that soon. Else, as where a
 * database is waited for, it goes with the process: nothing was taken from anybody yet.
 */
async function giveUp(starting: Promise<Running>): Promise<void> {
  const soon = sleep(STARTS_WITHIN_MS, undefined);
  const started = await Promise.race([starting.catch(() => undefined), soon]);
  await started?.stop();
}

function stopLine(drainMs: number): string {
  const seconds = drainMs / 1_000;
  const drain = drainMs === 0 ? '' : `what comes within ${seconds} s is still taken, and `;
  return `Stopping: ${drain}attempts under way may end first. Once more to stop at once.`;
}
