import type { EgressClient } from '@careerhooks/egress';
import {
  createAttemptLog,
  type FirstAttempts,
  type Listening,
  releaseLeases,
  type Store,
} from '@careerhooks/store';
import type { ChallengeOutcome, PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { createActivities } from './activities';
import { type Attempts, createAttempts } from './attempts/attempts';
import { type ConnectedWorker, connectWorker } from './connect-worker';
import type { WorkerContext } from './context';
import { createCvActivities } from './cv/cv-activities';
import type { CvServices } from './cv/cv-context';
import { createDispatch, type Dispatch } from './dispatch/dispatch';
import { createPresence, type Presence } from './presence';
import type { RunningWorker } from './run-worker';
import { createSignals, type Signals } from './signals';
import type { TemporalConnection } from './temporal-connection';
import { challengeEndpoint } from './verification/challenge-endpoint';
import { waitAtMost } from './wait-at-most';

/**
 * What runs deliveries, as the rest of the process sees it. First attempts, tests
 * and first challenges are made without Temporal; everything else starts with
 * `connect`.
 *
 * - *Created*: what is accepted in this process goes out.
 * - *Started*, by `start`: what waits in the database goes out, too.
 * - *Connected*, by `connect`, to Temporal: workflows run, and the CV's steps with them.
 * - *Stopped*, by `stop`, from any of them.
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

/** How long the worker goes on after a stop while attempts are under way, in milliseconds. */
const TIDY_MS = 5_000;

/** How long the worker is waited for after that while Temporal does not answer, in milliseconds. */
const FAREWELL_MS = 250;

interface Settings {
  store: Store;
  egress: EgressClient;
  /** How long logs are kept, in milliseconds. */
  retentionMs: number;
  /** What the steps of the CV reach. */
  cv: CvServices;
  log: Logger;
}

/** The parts of an engine; those that its life adds are undefined until then. */
interface Parts {
  settings: Settings;
  context: WorkerContext;
  presence: Presence;
  signals: Signals;
  attempts: Attempts;
  dispatch: Dispatch;
  stopping: AbortController;
  listening?: Listening | undefined;
  connected?: ConnectedWorker;
}

export function createEngine(settings: Settings): Engine {
  const parts = createParts(settings);
  const { context, attempts, dispatch, presence, signals } = parts;
  return {
    firstAttempts: dispatch.firstAttempts,
    start: () => start(parts),
    connect: (temporal, signal) => connect(parts, temporal, signal),
    wake: () => dispatch.wake(),
    wakeCv: () => parts.connected?.cvDispatcher.wake(),
    test: (deliveryId) => attempts.post({ deliveryId, attempt: 1 }),
    challenge: (endpointId) => challengeEndpoint(context, endpointId, 0),
    retryNow: (deliveryId) => signals.retryNow(deliveryId),
    cancel: (deliveryId) => signals.cancel(deliveryId),
    reconcile: () => presence.doubt(),
    reachesTemporal: () => presence.check(),
    stop: () => stop(parts),
  };
}

function createParts(settings: Settings): Parts {
  const { store, egress, log } = settings;
  const presence = createPresence(log);
  const signals = createSignals(presence, log);
  const context: WorkerContext = {
    store,
    egress,
    attemptLog: createAttemptLog(store),
    onAttempt: (delivery, record) => dispatch.record(delivery, record),
    wake: () => dispatch.wake(),
    log,
  };
  const attempts = createAttempts(context);
  const dispatch = createDispatch({
    store,
    presence,
    attempts,
    async retryNow(deliveryId, before) {
      // Unless that attempt is being made here: its workflow would make the one after it without a wait.
      if (before !== undefined && attempts.isUnderWay({ deliveryId, attempt: before + 1 })) return;
      await signals.retryNow(deliveryId);
    },
    isDeaf: () => parts.listening?.isDeaf() ?? false,
    onRefusal: () => parts.connected?.setUp.doubt(),
    log,
  });
  const stopping = new AbortController();
  const parts: Parts = { settings, context, presence, signals, attempts, dispatch, stopping };
  return parts;
}

async function start(parts: Parts): Promise<void> {
  const { store, log } = parts.settings;
  // One process owns an SQLite database: what an earlier one had leased is free.
  if (store.dialect === 'sqlite') await releaseLeases(store, { firstAttempts: true });
  parts.dispatch.start();
  parts.listening = store.listen?.({
    heard: (wakeUp) =>
      wakeUp === 'cv' ? parts.connected?.cvDispatcher.wake() : parts.dispatch.wake(),
    lost: (error) =>
      log.warn({ err: error }, 'wake-ups are not heard; looking by itself until they are'),
  });
}

async function connect(
  parts: Parts,
  temporal: TemporalConnection,
  asked: AbortSignal,
): Promise<void> {
  const { settings, context, attempts, dispatch, presence } = parts;
  const { store, log } = settings;
  parts.connected = await connectWorker({
    temporal,
    store,
    presence,
    starter: dispatch.starter,
    activities: {
      ...createActivities(context, { attempts, bursts: dispatch.bursts }, settings),
      ...createCvActivities(context, settings.cv),
    },
    returned: () => goOn(parts),
    signal: AbortSignal.any([asked, parts.stopping.signal]),
    log,
  });
  goOn(parts);
}

/** With what waited for Temporal. */
function goOn({ signals, dispatch, connected }: Parts): void {
  signals.catchUp();
  dispatch.wake();
  connected?.cvDispatcher.wake();
}

async function stop(parts: Parts): Promise<void> {
  const { stopping, presence, dispatch } = parts;
  stopping.abort();
  // Where it does not answer, nothing below has to find that out by waiting.
  void presence.check();
  await parts.listening?.stop();
  await parts.connected?.cvDispatcher.stop();
  await dispatch.halt();
  const settled = dispatch.settle();
  // While the worker still runs, so that most workflows end, too; the others go on later.
  await waitAtMost(TIDY_MS, settled);
  await Promise.all([settled, parts.connected && stopWorker(parts, parts.connected.worker)]);
  presence.stop();
}

/** Its activities end first; then it has to take leave of Temporal, which may not be there. */
async function stopWorker({ attempts, presence }: Parts, worker: RunningWorker): Promise<void> {
  const left = new AbortController();
  const stopped = worker.stop().finally(() => left.abort());
  await attempts.settle();
  do await waitAtMost(FAREWELL_MS, stopped);
  while (!left.signal.aborted && (await presence.check()));
}
