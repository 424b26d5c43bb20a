import { resolve } from 'node:path';
import { Client } from '@temporalio/client';
import type { Activities, CvActivities } from '@careerhooks/workflows';
import type { Store } from '@careerhooks/store';
import type { Logger } from 'pino';
import { type CvDispatcher, startCvDispatcher } from './dispatch/cv-dispatcher';
import { recogniseTemporal } from './dispatch/recognise-temporal';
import type { Starter } from './dispatch/starter';
import type { WorkflowTarget } from './dispatch/start-once';
import { persist } from './persist';
import type { Presence } from './presence';
import { type RunningWorker, runWorker } from './run-worker';
import { createSetUp, type SetUp } from './set-up';
import type { TemporalConnection } from './temporal-connection';

/** What runs on Temporal once it is connected. */
export interface ConnectedWorker {
  worker: RunningWorker;
  cvDispatcher: CvDispatcher;
  setUp: SetUp;
}

/** The bundle that `npm run build` makes; the same file seen from `src` and `dist`. */
const BUNDLE = resolve(__dirname, '../dist/workflow-bundle.js');

/**
 * Starts the worker on a Temporal that answers; where it goes away again meanwhile, tries on until
 * `signal` aborts. From then on starts and signals go there.
 */
export async function connectWorker(on: {
  temporal: TemporalConnection;
  store: Store;
  presence: Presence;
  starter: Pick<Starter, 'connect'>;
  activities: Activities & CvActivities;
  /** Temporal was away, and is back. */
  returned: () => void;
  signal: AbortSignal;
  log: Logger;
}): Promise<ConnectedWorker> {
  const { temporal, store, presence, starter, activities, returned, signal, log } = on;
  const { connection, namespace } = temporal;
  const client = new Client({ connection, namespace });
  const target: WorkflowTarget = { client, searchAttributes: false };
  const setUp = createSetUp({ temporal, target, log, signal });
  const prepare = async (): Promise<void> => {
    await setUp.prepare();
    await recogniseTemporal(store, client, log);
  };
  await persist(prepare, { signal, log, why: 'Temporal cannot be made ready' });
  const run = { connection, namespace, activities, bundle: BUNDLE, log };
  const why = 'Temporal does not take the worker';
  const worker = await persist(() => runWorker(run), { signal, log, why });
  // It was to stop while the worker was being made: nobody else would stop it.
  if (signal.aborted) await worker.stop();
  signal.throwIfAborted();
  presence.connect({ client, prepare, returned });
  starter.connect(target);
  const cvDispatcher = startCvDispatcher({ store, target, presence, log });
  return { worker, cvDispatcher, setUp };
}
