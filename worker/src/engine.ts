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
import { atMost } from './dispatch/at-most';
import { createBursts } from './dispatch/bursts';
import { type CvDispatcher, startCvDispatcher } from './dispatch/cv-dispatcher';
import { type Dispatcher, startDispatcher } from './dispatch/dispatcher';
import { createFirstAttempts } from './dispatch/first-attempts';
import { createLanes, type Outcome } from './dispatch/lanes';
import { createLoneWorkflows } from './dispatch/lone-workflows';
import { recogniseTemporal } from './dispatch/recognise-temporal';
import { createStarter } from './dispatch/starter';
import { type RunningWorker, runWorker } from './run-worker';
import { createSignals } from './signals';
import { challengeEndpoint } from './verification/challenge-endpoint';

/**
 * What runs deliveries, as the rest of the process sees it. First attempts, tests
 * and first challenges are made without Temporal; everything else starts with
 * `connect`.
 */
export interface DeliveryEngine {
  /** Gets what was accepted in this process, the moment it is durable. */
  firstAttempts: FirstAttempts;
  /** Takes up what is in the database. Call it once, before `connect`. */
  start(): Promise<void>;
  /** Starts the worker on a Temporal that answers. Call it once. */
  connect(temporal: TemporalConnection): Promise<void>;
  /** A delivery was released: carry it now. */
  wake(): void;
  /** A change of the CV was committed: make what follows it. */
  wakeCv(): void;
  /** Makes a test delivery's one attempt. */
  test(deliveryId: string): Promise<PostOutcome>;
  /** Challenges a pending endpoint once, at once. */
  challenge(endpointId: string): Promise<ChallengeOutcome>;
  /** Tells a delivery's workflow to make its next attempt now; what the database says comes first. */
  hurry(deliveryId: string): Promise<void>;
  /** Tells a delivery's workflow that it was cancelled. */
  cancel(deliveryId: string): Promise<void>;
  /** Temporal came back, maybe with another store: start again what it may have lost. */
  reconcile(): Promise<void>;
  /** Whether workflows are being started. */
  isConnected(): boolean;
  /** Asks Temporal whether it answers now. */
  reachesTemporal(): Promise<boolean>;
  /** Ends cleanly: no new starts, attempts under way to their end. */
  stop(): Promise<void>;
}

export interface TemporalConnection {
  connection: NativeConnection;
  namespace: string;
  /** Makes the namespace ready; says whether it has our search attributes. */
  setUp(): Promise<{ searchAttributes: boolean }>;
}

/** The bundle that `npm run build` makes; the same place seen from `src` and `dist`. */
const BUNDLE = resolve(__dirname, '../dist/workflow-bundle.js');

/** How long Temporal may take to say that it is there, in milliseconds. */
const ANSWER_MS = 2_000;

/** How long the worker goes on after a stop while attempts are under way, in milliseconds. */
const TIDY_MS = 5_000;

export function createEngine(settings: {
  store: Store;
  egress: EgressClient;
  /** How long logs are kept, in milliseconds. */
  retentionMs: number;
  /** What the steps of the CV reach. */
  cv: CvServices;
  log: Logger;
}): DeliveryEngine {
  const { store, egress, log } = settings;
  const signals = createSignals(log);
  let dispatcher: Dispatcher | undefined;
  let listening: Listening | undefined;
  let running: { client: Client; worker: RunningWorker; cvDispatcher: CvDispatcher } | undefined;
  let setUpAgain: (() => Promise<void>) | undefined;

  const lanes = createLanes({
    failing: (endpointId) => note(markFailing(store, endpointId)),
    working: (endpointId) => note(markWorking(store, endpointId).then(() => dispatcher?.wake())),
    freed: (endpointId) => dispatcher?.freed(endpointId),
  });
  const context: WorkerContext = {
    store,
    egress,
    attemptLog: createAttemptLog(store),
    onAttempt: ({ endpoint, attemptsBeforeRound }, record) =>
      lanes.note(endpoint.id, {
        isFirst: record.number === attemptsBeforeRound + 1,
        outcome: outcomeOf(record),
      }),
    wake: () => dispatcher?.wake(),
    log,
  };
  const holds = createHolds(store);
  const attempts = createAttempts(context);
  const starter = createStarter({
    log,
    onRefusal: async () => setUpAgain?.(),
    onRecovery: async () => {
      if (running !== undefined) await recogniseTemporal(store, running.client, log);
      dispatcher?.wake();
    },
  });
  const bursts = createBursts(
    (id) => starter.startBurst(id),
    () => starter.isConnected(),
  );
  const loneWorkflows = createLoneWorkflows({ store, attempts, bursts, starter, log });
  const firstAttempts = createFirstAttempts({
    store,
    holds,
    attempts,
    lanes,
    bursts,
    loneWorkflows,
    wake: () => dispatcher?.wake(),
    log,
  });

  /** For work that nobody waits for: what it was to do is found in the database again. */
  function note(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.warn({ err: error }, 'the database did not answer'));
  }

  async function start(): Promise<void> {
    // One process owns an SQLite database: what an earlier one had leased is free.
    if (store.dialect === 'sqlite') await releaseLeases(store, { firstAttempts: true });
    dispatcher = startDispatcher({
      store,
      holds,
      starter,
      lanes,
      firstAttempts,
      hurry: (deliveryId) => signals.hurry(deliveryId),
      log,
    });
    listening = store.listen?.({
      heard: (wakeUp) => (wakeUp === 'cv' ? running?.cvDispatcher.wake() : dispatcher?.wake()),
      lost: (error) =>
        log.warn({ err: error }, 'wake-ups are not heard; looking every second until they are'),
    });
  }

  async function connect(temporal: TemporalConnection): Promise<void> {
    const { connection, namespace } = temporal;
    const client = new Client({ connection, namespace });
    const engine = { client, ...(await temporal.setUp()) };
    setUpAgain = async () => void Object.assign(engine, await temporal.setUp());
    await recogniseTemporal(store, client, log);
    const activities = {
      ...createActivities(context, { attempts, bursts }, settings),
      ...createCvActivities(context, settings.cv),
    };
    const worker = await runWorker({ connection, namespace, activities, bundle: BUNDLE, log });
    const cvDispatcher = startCvDispatcher({ store, engine, log });
    running = { client, worker, cvDispatcher };
    signals.connect(client);
    starter.connect(engine);
    dispatcher?.wake();
  }

  return {
    firstAttempts,
    start,
    connect,
    wake: () => dispatcher?.wake(),
    wakeCv: () => running?.cvDispatcher.wake(),
    test: (deliveryId) => attempts.post({ deliveryId, attempt: 1 }),
    challenge: (endpointId) => challengeEndpoint(context, endpointId, 0),
    hurry: (deliveryId) => signals.hurry(deliveryId),
    cancel: (deliveryId) => signals.cancel(deliveryId),
    async reconcile() {
      if (running === undefined) return;
      await recogniseTemporal(store, running.client, log);
      dispatcher?.wake();
      running.cvDispatcher.wake();
    },
    isConnected: () => starter.isConnected(),
    async reachesTemporal() {
      if (running === undefined) return false;
      const { client } = running;
      try {
        await client.withDeadline(Date.now() + ANSWER_MS, () =>
          client.workflowService.getSystemInfo({}),
        );
        return true;
      } catch {
        return false;
      }
    },
    async stop() {
      await listening?.stop();
      await running?.cvDispatcher.stop();
      await dispatcher?.stop();
      starter.stop();
      const quiet = Promise.all([firstAttempts.stop(), loneWorkflows.settle()]);
      // While the worker still runs, so that most workflows end, too; the others go on later.
      await atMost(TIDY_MS, quiet);
      await Promise.all([quiet, running?.worker.stop()]);
    },
  };
}

function outcomeOf(record: AttemptRecord): Outcome {
  if (record.status === 'delivered') return 'success';
  const { statusCode } = record;
  // A 2xx that failed did not end, or not in time.
  return statusCode === null || statusCode < 300 || statusCode === 429 || statusCode >= 500
    ? 'overload'
    : 'refusal';
}
