import {
  type AttemptRecord,
  createHolds,
  type DeliveryToMake,
  type FirstAttempts,
  markFailing,
  markWorking,
  type Store,
} from '@careerhooks/store';
import type { Logger } from 'pino';
import type { Attempts } from '../attempts/attempts';
import { createEndpointLimiter } from '../limiter/endpoint-limiter';
import type { Outcome } from '../limiter/health';
import type { Presence } from '../presence';
import { type Bursts, createBursts } from './bursts';
import { createDeliveryWorkflows } from './delivery-workflows';
import { type Dispatcher, startDispatcher } from './dispatcher';
import { createFirstAttempts } from './reserve';
import { createClaimedSender } from './send-claimed';
import { createFirstSender } from './send-first';
import { createStarter, type Starter } from './starter';

/**
 * What takes deliveries to their attempts in this process. What is accepted here goes
 * `reserve.ts` → `send-first.ts`; what waits in the database goes `dispatcher.ts` → `send-due.ts` or
 * `drain-backlogs.ts` → `send-claimed.ts` → `send-first.ts`. Workflows follow: `delivery-workflows.ts`
 * for what comes alone, `bursts.ts` for what comes fast, `start-due.ts` for what was attempted before.
 *
 * - *Created*: what is accepted goes out.
 * - *Started*: what waits in the database goes out, too.
 * - *Halted*: nothing more is claimed or started.
 * - *Settled*: nothing is under way any more.
 */
export interface Dispatch {
  firstAttempts: FirstAttempts;
  bursts: Bursts;
  starter: Starter;
  /** Takes up what is in the database. Call it once. */
  start(): void;
  /** Says that something waits in the database; cheap, and safe to call at any time. */
  wake(): void;
  /** An attempt was made and recorded. */
  record(delivery: DeliveryToMake, attempt: AttemptRecord): void;
  halt(): Promise<void>;
  settle(): Promise<void>;
}

interface Settings {
  store: Store;
  presence: Presence;
  attempts: Attempts;
  /** Tells a delivery's workflow to make its next attempt, the one after `attempts`, now. */
  retryNow: (deliveryId: string, attempts?: number) => Promise<void>;
  /** What other processes leave in the database is not told. */
  isDeaf: () => boolean;
  /** Temporal answers, but refuses a start. */
  onRefusal(): void;
  log: Logger;
}

export function createDispatch(settings: Settings): Dispatch {
  const { store, presence, attempts, log } = settings;
  let dispatcher: Dispatcher | undefined;
  const wake = (): void => dispatcher?.wake();

  const holds = createHolds(store);
  const limiter = createEndpointLimiter({
    failing: (id) => inBackground(log, markFailing(store, id)),
    working: (id) => inBackground(log, markWorking(store, id).then(wake)),
    freed: (id) => dispatcher?.freed(id),
  });
  const starter = createStarter({ presence, onRefusal: () => settings.onRefusal() });
  const bursts = createBursts(
    (id) => starter.startBurst(id),
    () => starter.isConnected(),
  );
  const deliveryWorkflows = createDeliveryWorkflows({ store, attempts, bursts, starter, log });
  const first = createFirstSender({ store, holds, attempts, bursts, deliveryWorkflows, log });
  const claimedSender = createClaimedSender({ store, bursts, first });

  return {
    firstAttempts: createFirstAttempts({ limiter, bursts, first, wake }),
    bursts,
    starter,
    start() {
      const { retryNow, isDeaf } = settings;
      const parts = { store, holds, starter, limiter, claimedSender, log };
      dispatcher = startDispatcher({ ...parts, retryNow, isDeaf });
    },
    wake,
    record({ endpoint, attemptsBeforeRound }, attempt) {
      const isFirst = attempt.number === attemptsBeforeRound + 1;
      limiter.record(endpoint.id, { isFirst, outcome: outcomeOf(attempt) });
    },
    async halt() {
      await dispatcher?.stop();
      starter.stop();
    },
    async settle() {
      limiter.close();
      bursts.close();
      await Promise.all([first.stop(), deliveryWorkflows.settle()]);
    },
  };
}

/** For work that nobody waits for: what it was to do is found in the database again. */
function inBackground(log: Logger, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.warn({ err: error }, 'the database did not answer'));
}

function outcomeOf(record: AttemptRecord): Outcome {
  if (record.status === 'delivered') return 'success';
  const { statusCode } = record;
  // A 2xx that failed did not end, or not in time, or came from a receiver that is starting.
  return statusCode === null || statusCode < 300 || statusCode === 429 || statusCode >= 500
    ? 'overload'
    : 'refusal';
}
