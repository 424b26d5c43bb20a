import { resolve } from 'node:path';
import { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { EgressClient } from '@careerhooks/egress';
import { createAttemptLog, releaseLeases, type Store } from '@careerhooks/store';
import {
  cancel,
  type ChallengeOutcome,
  deliveryWorkflowId,
  type PostOutcome,
  retryNow,
} from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { createActivities } from './activities';
import { type CvServices, createCvActivities } from './cv/cv-activities';
import { createAttempts } from './attempts/attempts';
import type { WorkerContext } from './context';
import { type CvDispatcher, startCvDispatcher } from './dispatch/cv-dispatcher';
import { type Dispatcher, startDispatcher } from './dispatch/dispatcher';
import { recogniseTemporal } from './dispatch/recognise-temporal';
import { type RunningWorker, runWorker } from './run-worker';
import { challengeEndpoint } from './verification/challenge-endpoint';

/**
 * What runs deliveries, as the rest of the process sees it. Events are accepted,
 * tests and first challenges are made without Temporal; everything else starts
 * with `connect`.
 */
export interface DeliveryEngine {
  /** Starts the worker and the dispatcher on a Temporal that answers. Call it once. */
  connect(temporal: TemporalConnection): Promise<void>;
  /** An event was accepted, or a delivery released: carry it now. */
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

/** How long a signal may take, in milliseconds: nobody waits for it, the database is the truth. */
const SIGNAL_TIMEOUT_MS = 3_000;

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
  const context: WorkerContext = {
    store,
    egress,
    attemptLog: createAttemptLog(store),
    wake: () => running?.dispatcher.wake(),
    log,
  };
  const attempts = createAttempts(context);
  let running:
    | { client: Client; worker: RunningWorker; dispatcher: Dispatcher; cvDispatcher: CvDispatcher }
    | undefined;

  async function connect(temporal: TemporalConnection): Promise<void> {
    const { connection, namespace } = temporal;
    const client = new Client({ connection, namespace });
    const engine = { client, ...(await temporal.setUp()) };
    // One process owns an SQLite database: what an earlier one had leased is free.
    if (store.dialect === 'sqlite') await releaseLeases(store);
    await recogniseTemporal(store, client, log);
    const activities = {
      ...createActivities(context, attempts, settings),
      ...createCvActivities(context, settings.cv),
    };
    const worker = await runWorker({ connection, namespace, activities, bundle: BUNDLE, log });
    const dispatcher = startDispatcher({
      store,
      engine,
      log,
      onRefusal: async () => void Object.assign(engine, await temporal.setUp()),
      onRecovery: () => recogniseTemporal(store, client, log),
    });
    const cvDispatcher = startCvDispatcher({ store, engine, log });
    running = { client, worker, dispatcher, cvDispatcher };
  }

  async function signal(deliveryId: string, definition: SignalDefinition): Promise<void> {
    if (running === undefined) return;
    const { client } = running;
    try {
      await client.withDeadline(Date.now() + SIGNAL_TIMEOUT_MS, () =>
        client.workflow.getHandle(deliveryWorkflowId(deliveryId)).signal(definition),
      );
    } catch (error) {
      // There is none, or Temporal is away: the dispatcher finds in the database what is to be done.
      log.debug({ err: error, delivery: deliveryId }, 'signal: no workflow took it');
    }
  }

  return {
    connect,
    wake: () => context.wake(),
    wakeCv: () => running?.cvDispatcher.wake(),
    test: (deliveryId) => attempts.post({ deliveryId, attempt: 1 }),
    challenge: (endpointId) => challengeEndpoint(context, endpointId, 0),
    hurry: (deliveryId) => signal(deliveryId, retryNow),
    cancel: (deliveryId) => signal(deliveryId, cancel),
    async reconcile() {
      if (running === undefined) return;
      await recogniseTemporal(store, running.client, log);
      running.dispatcher.wake();
      running.cvDispatcher.wake();
    },
    isConnected: () => running?.dispatcher.isConnected() ?? false,
    async stop() {
      await running?.cvDispatcher.stop();
      await running?.dispatcher.stop();
      await running?.worker.stop();
    },
  };
}
