import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from 'pino';

/** Whoever runs this process and wants to know how it is: systemd, or nobody. */
export interface ServiceManager {
  /** It serves from now on; says so now and then, where a watchdog wants to hear it. */
  ready(status: string): void;
  stopping(status: string): void;
  /** Resolves once everything was heard, or was given up. */
  end(): Promise<void>;
}

/** Of the times that systemd waits for in vain before it ends the process: how often it hears of us. */
const TIMES_IN_A_WATCH = 3;
/** How long one message may take, in milliseconds: systemd-notify waits until systemd has read it. */
const PATIENCE_MS = 5_000;

/** What a timer of Node can wait, in milliseconds; with more it would not wait at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const run = promisify(execFile);

/**
 * Speaks systemd's protocol (sd_notify) where `NOTIFY_SOCKET` is set, by its own program: Node has no
 * datagram sockets for it. The unit needs `NotifyAccess=all`, since that is a process of its own. What
 * cannot be said is a warning in the log.
 *
 * @param env loses what systemd has put there for us alone: processes that we start must not speak for us.
 */
export function createServiceManager(env: NodeJS.ProcessEnv, log: Logger): ServiceManager {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdogUs, WATCHDOG_PID: watched } = env;
  delete env.NOTIFY_SOCKET;
  delete env.WATCHDOG_USEC;
  delete env.WATCHDOG_PID;
  if (!socket) return NOBODY;

  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  let warned = false;
  let beating: NodeJS.Timeout | undefined;

  async function send(state: readonly string[]): Promise<void> {
    try {
      await run('systemd-notify', state, {
        env: { PATH: env.PATH, NOTIFY_SOCKET: socket },
        timeout: PATIENCE_MS,
      });
      warned = false;
    } catch (error) {
      const level = warned ? 'debug' : 'warn';
      warned = true;
      log[level]({ err: error, state }, UNHEARD);
    }
    waiting -= 1;
  }

  /** One after the other: what comes later must not be heard before. */
  function say(...state: string[]): void {
    waiting += 1;
    last = last.then(() => send(state));
  }

  return {
    ready(status) {
      say('READY=1', `STATUS=${status}`);
      const everyMs = watchdogIntervalMs(watchdogUs, watched);
      if (everyMs === undefined) return;
      // By the event loop: where that stands still, nothing is said.
      beating = setInterval(() => {
        if (waiting === 0) say('WATCHDOG=1');
      }, everyMs);
      beating.unref();
    },
    stopping: (status) => say('STOPPING=1', `STATUS=${status}`),
    end() {
      clearInterval(beating);
      return last;
    },
  };
}

const NOBODY: ServiceManager = {
  ready: () => undefined,
  stopping: () => undefined,
  end: () => Promise.resolve(),
};

const UNHEARD =
  'systemd was not told: it may take the start for unfinished, or the process for one that hangs, and end it; ' +
  'install systemd-notify (it comes with systemd), set NotifyAccess=all, or make the unit one of Type=exec without WatchdogSec';

/** In milliseconds; undefined where nobody watches this process. */
function watchdogIntervalMs(us: string | undefined, pid: string | undefined): number | undefined {
  if (us === undefined || !/^[1-9]\d*$/.test(us)) return undefined;
  if (pid && Number(pid) !== process.pid) return undefined;
  return Math.min(Math.max(1, Number(us) / 1_000 / TIMES_IN_A_WATCH), LONGEST_TIMER_MS);
}
