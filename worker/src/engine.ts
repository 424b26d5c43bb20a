import { resolve } from 'node:path';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { EgressClient } from '@careerhooks/egress';
import {
  type AttemptRecord,
  createAttemptLog,
  createHolds,
  type FirstAttempts,
  type Listening,
  markFailing,
  markWorking,
  releaseLeases,
  type Store,
} from '@careerhooks/store';
import type { ChallengeOutcome, PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { createActivities } from './activities';
import { type CvServices, createCvActivities } from './cv/cv-activities';
import { createAttempts } from './attempts/attempts';
import type { WorkerContext } from './context';
import { waitAtMost } from './wait-at-most';
import { createBursts } from './dispatch/bursts';
import { type CvDispatcher, startCvDispatcher } from './dispatch/cv-dispatcher';
import { type Dispatcher, startDispatcher } from './dispatch/dispatcher';
import { createFirstAttempts } from './dispatch/first-attempts';
import { createEndpointLimiter, type Outcome } from './dispatch/endpoint-limiter';
import { createDeliveryWorkflows } from './dispatch/delivery-workflows';
import { recogniseTemporal } from './dispatch/recognise-temporal';
import { createStarter } from './dispatch/starter';
import type { WorkflowTarget } from './dispatch/start-workflow';
import { persist } from './persist';
import { createPresence } from './presence';
import { type RunningWorker, runWorker } from './run-worker';
import { createSetUp, type SetUp } from './set-up';
import { createSignals } from './signals';
import { challengeEndpoint } from './verification/challenge-endpoint';

/**
 * What runs deliveries, as the rest of the process sees it. First attempts, tests
 * and first challenges are made without Temporal; everything else starts with
 * `connect`.
 */
export interface Engine {
  /** Gets what was accepted in this process, the moment it is durable. */
  firstAttempts: FirstAttempts;
  /** Takes up what is in the database. Call it once, before `connect`. */
  start(): Promise<void>;
  /**
   * Starts the worker on a Temporal that answers; where it goes away again meanwhile, tries on until
   * `signal` aborts. Call it once.
   */
  connect(temporal: TemporalConnection, signal: AbortSignal): Promise<void>;
  /** A delivery was released: carry it now. */
  wake(): void;
  /** A change of the CV was committed: make what follows it. */
  wakeCv(): void;
  /** Makes a test delivery's one attempt. */
  test(deliveryId: string): Promise<PostOutcome>;
  /** Challenges a pending endpoint once, at once. */
  challenge(endpointId: string): Promise<ChallengeOutcome>;
  /** Tells a delivery's workflow to make its next attempt now; what the database says comes first. */
  retryNow(deliveryId: string): Promise<void>;
  /** Tells a delivery's workflow that it was cancelled. */
  cancel(deliveryId: string): Promise<void>;
  /** Temporal came back, maybe with another store: start again what it may have lost. */
  reconcile(): void;
  /** Asks Temporal whether it answers now, for less than a second; never rejects. */
  reachesTemporal(): Promise<boolean>;
  /** Ends cleanly: no new starts, attempts under way to their end. */
  stop(): Promise<void>;
}

export interface TemporalConnection {
  connection: NativeConnection;
  namespace: string;
  /** Makes the namespace ready, or gives up when `signal` aborts; says whether it has our search attributes. */
  setUp(signal: AbortSignal): Promise<{ searchAttributes: boolean }>;
}

/** The bundle that `npm run build` makes; the same place seen from `src` and `dist`. */
const BUNDLE = resolve(__dirname, '../dist/workflow-bundle.js');

/** How long the worker goes on after a stop while attempts are under way, in milliseconds. */
const TIDY_MS = 5_000;

/** How long the worker is waited for after that while Temporal does not answer, in milliseconds. */
const FAREWELL_MS = 250;

export function createEngine(settings: {
  store: Store;
  egress: EgressClient;
  /** How long logs are kept, in milliseconds. */
  retentionMs: number;
  /** What the steps of the CV reach. */
  cv: CvServices;
  log: Logger;
}): Engine {
  const { store, egress, log } = settings;
  const presence = createPresence(log);
  const signals = createSignals(presence, log);
  let dispatcher: Dispatcher | undefined;
  let listening: Listening | undefined;
  const stopping = new AbortController();
  let running: { worker: RunningWorker; cvDispatcher: CvDispatcher; setUp: SetUp } | undefined;

  const limiter = createEndpointLimiter({
    failing: (endpointId) => inBackground(markFailing(store, endpointId)),
    working: (endpointId) =>
      inBackground(markWorking(store, endpointId).then(() => dispatcher?.wake())),
    freed: (endpointId) => dispatcher?.freed(endpointId),
  });
  const context: WorkerContext = {
    store,
    egress,
    attemptLog: createAttemptLog(store),
    onAttempt: ({ endpoint, attemptsBeforeRound }, record) =>
      limiter.record(endpoint.id, {
        isFirst: record.number === attemptsBeforeRound + 1,
        outcome: outcomeOf(record),
      }),
    wake: () => dispatcher?.wake(),
    log,
  };
  const holds = createHolds(store);
  const attempts = createAttempts(context);
  const starter = createStarter({
    presence,
    onRefusal: () => running?.setUp.doubt(),
  });
  const bursts = createBursts(
    (id) => starter.startBurst(id),
    () => starter.isConnected(),
  );
  const deliveryWorkflows = createDeliveryWorkflows({ store, attempts, bursts, starter, log });
  const firstAttempts = createFirstAttempts({
    store,
    holds,
    attempts,
    limiter,
    bursts,
    deliveryWorkflows,
    wake: () => dispatcher?.wake(),
    log,
  });

  /** For work that nobody waits for: what it was to do is found in the database again. */
  function inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.warn({ err: error }, 'the database did not answer'));
  }

  async function start(): Promise<void> {
    // One process owns an SQLite database: what an earlier one had leased is free.
    if (store.dialect === 'sqlite') await releaseLeases(store, { firstAttempts: true });
    dispatcher = startDispatcher({
      store,
      holds,
      starter,
      limiter,
      firstAttempts,
      retryNow,
      isDeaf: () => listening?.isDeaf() ?? false,
      log,
    });
    listening = store.listen?.({
      heard: (wakeUp) => (wakeUp === 'cv' ? running?.cvDispatcher.wake() : dispatcher?.wake()),
      lost: (error) =>
        log.warn({ err: error }, 'wake-ups are not heard; looking by itself until they are'),
    });
  }

  /** Unless that attempt is being made here: its workflow would make the one after it without a wait. */
  async function retryNow(deliveryId: string, before?: number): Promise<void> {
    if (before !== undefined && attempts.isUnderWay({ deliveryId, attempt: before + 1 })) return;
    await signals.retryNow(deliveryId);
  }

  async function connect(temporal: TemporalConnection, asked: AbortSignal): Promise<void> {
    const { connection, namespace } = temporal;
    const client = new Client({ connection, namespace });
    const target: WorkflowTarget = { client, searchAttributes: false };
    const signal = AbortSignal.any([asked, stopping.signal]);
    const setUp = createSetUp({ temporal, target, log, signal });
    const prepare = async (): Promise<void> => {
      await setUp.prepare();
      await recogniseTemporal(store, client, log);
    };
    await persist(prepare, { signal, log, why: 'Temporal cannot be made ready' });
    const activities = {
      ...createActivities(context, { attempts, bursts }, settings),
      ...createCvActivities(context, settings.cv),
    };
    const run = { connection, namespace, activities, bundle: BUNDLE, log };
    const worker = await persist(() => runWorker(run), {
      signal,
      log,
      why: 'Temporal does not take the worker',
    });
    presence.connect({ client, prepare, returned });
    starter.connect(target);
    const cvDispatcher = startCvDispatcher({ store, target, presence, log });
    running = { worker, cvDispatcher, setUp };
    returned();
  }

  /** What waited for Temporal goes on. */
  function returned(): void {
    signals.catchUp();
    dispatcher?.wake();
    running?.cvDispatcher.wake();
  }

  /** Its activities end first; then it has to take leave of Temporal, which may not be there. */
  async function stopWorker(worker: RunningWorker): Promise<void> {
    const left = new AbortController();
    const stopped = worker.stop().finally(() => left.abort());
    await attempts.settle();
    do await waitAtMost(FAREWELL_MS, stopped);
    while (!left.signal.aborted && (await presence.check()));
  }

  return {
    firstAttempts,
    start,
    connect,
    wake: () => dispatcher?.wake(),
    wakeCv: () => running?.cvDispatcher.wake(),
    test: (deliveryId) => attempts.post({ deliveryId, attempt: 1 }),
    challenge: (endpointId) => challengeEndpoint(context, endpointId, 0),
    retryNow: (deliveryId) => retryNow(deliveryId),
    cancel: (deliveryId) => signals.cancel(deliveryId),
    reconcile: () => presence.doubt(),
    reachesTemporal: () => presence.check(),
    async stop() {
      stopping.abort();
      // Where it does not answer, nothing below has to find that out by waiting.
      void presence.check();
      await listening?.stop();
      await running?.cvDispatcher.stop();
      await dispatcher?.stop();
      starter.stop();
      const quiet = Promise.all([firstAttempts.stop(), deliveryWorkflows.settle()]);
      // While the worker still runs, so that most workflows end, too; the others go on later.
      await waitAtMost(TIDY_MS, quiet);
      await Promise.all([quiet, running && stopWorker(running.worker)]);
      presence.stop();
    },
  };
}

function outcomeOf(record: AttemptRecord): Outcome {
  if (record.status === 'delivered') return 'success';
  const { statusCode } = record;
  // A 2xx that failed did not end, or not in time, or came from a receiver that is starting.
  return statusCode === null || statusCode < 300 || statusCode === 429 || statusCode >= 500
    ? 'overload'
    : 'refusal';
}
