import type { Holds, Store } from '@careerhooks/store';
import type { Logger } from 'pino';
import type { EndpointLimiter } from '../limiter/endpoint-limiter';
import { createClockRepair } from './clock-repair';
import { createBacklogDrain } from './drain-backlogs';
import { startPollLoop } from './poll-loop';
import type { ClaimedSender } from './send-claimed';
import { sendDue } from './send-due';
import { startDue } from './start-due';
import type { Starter } from './starter';
import { createSweep } from './sweep';
import { REST_MS } from './timing';

/**
 * The dispatcher takes up what waits in the database: deliveries that nobody
 * leases, since their process is gone or none had the time, and those in the
 * backlogs of endpoints that could not take them at once. It is also the
 * reconciler: a lease that runs out says that nobody carries a row, and starting
 * a workflow that runs already does nothing, so "start whatever has no lease" is
 * both the first start and every repair.
 *
 * It is two loops, each of which looks when `wake` says that there is something, and
 * every second otherwise, since a lease may have run out:
 *
 * - *First attempts* need the database alone: what is due (`send-due.ts`), then each backlog
 *   (`drain-backlogs.ts`). What turns out to need a workflow is given back to the database.
 * - *Workflows* are started while Temporal is there, a few at a time, for what was
 *   attempted before (`start-due.ts`). While it is away, all of that waits in the database.
 *
 * So no first attempt waits for Temporal, whatever it does.
 */
export interface Dispatcher {
  /** Says that there is something to take; cheap, and safe to call at any time. */
  wake(): void;
  /** There is room for more of this endpoint's backlog. */
  freed(endpointId: string): void;
  /** Ends after what is claimed has been started or given back. */
  stop(): Promise<void>;
}

/** While a rate limit decides when the next delivery may go, or nobody tells what other processes leave. */
const SHORT_REST_MS = 100;
/** Between two rounds of starts: what comes meanwhile shares the next. */
const STARTS_PAUSE_MS = 50;

export function startDispatcher(settings: {
  store: Store;
  holds: Holds;
  starter: Pick<Starter, 'startDelivery' | 'verify' | 'isConnected'>;
  limiter: Pick<EndpointLimiter, 'acquire' | 'acquireProbe' | 'undoProbe' | 'setFailing'>;
  claimedSender: ClaimedSender;
  /** Tells a delivery's workflow to make its next attempt, the one after `attempts`, now. */
  retryNow: (deliveryId: string, attempts?: number) => Promise<void>;
  /** What other processes leave in the database is not told. */
  isDeaf: () => boolean;
  log: Logger;
}): Dispatcher {
  const { store, limiter, claimedSender, starter, log } = settings;
  const sweep = createSweep(store, log);
  const clock = createClockRepair(store, (id) => settings.retryNow(id));
  const drain = createBacklogDrain({
    store,
    limiter,
    claimedSender,
    wakeWorkflows: () => workflows.wake(),
    ended: () => sweep.soon(),
  });
  const failed = (error: unknown): void =>
    log.error({ err: error }, 'dispatcher: the database did not answer; trying again');

  const attempts = startPollLoop({
    async round(stopping) {
      await sweep.run();
      await clock.afterSetBack();
      const more = await sendDue(settings);
      const moved = await drain.run(stopping);
      return more || moved;
    },
    restMs: () => (settings.isDeaf() || drain.isRateLimited() ? SHORT_REST_MS : REST_MS),
    failed,
  });
  const workflows = startPollLoop({
    async round() {
      if (!starter.isConnected()) return false;
      await clock.once();
      return startDue(settings);
    },
    restMs: () => REST_MS,
    pauseMs: STARTS_PAUSE_MS,
    failed,
  });

  return {
    wake() {
      attempts.wake();
      workflows.wake();
    },
    freed(endpointId) {
      if (drain.has(endpointId)) attempts.wake();
    },
    async stop() {
      await Promise.all([attempts.stop(), workflows.stop()]);
    },
  };
}
