import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClaimedDelivery,
  claimDeliveries,
  claimVerifications,
  extendLease,
  returnDeliveries,
  type Store,
  sweepDeliveries,
} from '@careerhooks/store';
import type { Logger } from 'pino';
import { type Engine, isRefusal, startDelivery, startVerification } from './start-workflow';

/**
 * The dispatcher carries what is committed in the database to Temporal. It is
 * also the reconciler: a lease that runs out says that nobody carries a row, and
 * starting a workflow that runs already does nothing, so "start whatever has no
 * lease" is both the first start and every repair.
 *
 * - *Resting*: nothing to take. `wake` (an event was accepted) or a second's
 *   pause (a lease ran out) leads to *taking*.
 * - *Taking*: claims up to a batch, starts each workflow, a few at a time, and
 *   gives each a minute to show progress; attempts extend the lease from then
 *   on. A full batch leads to *taking* again, anything else to *resting*.
 * - *Waiting for Temporal*: a start failed. What was claimed is given back, and
 *   one start is tried each second until it succeeds; then *taking*. Where Temporal
 *   answers but refuses, its namespace is set up again first. Events are accepted
 *   all the while.
 */
export interface Dispatcher {
  /** Says that there is something to take; cheap, and safe to call at any time. */
  wake(): void;
  /** Whether the last start of a workflow reached Temporal. */
  isConnected(): boolean;
  /** Ends after what is claimed has been started or given back. */
  stop(): Promise<void>;
}

const BATCH = 32;
const STARTS_AT_ONCE = 8;
const REST_MS = 1_000;
const SWEEP_EVERY_MS = 15_000;
/**
 * A claim that was not started within this time goes to whoever claims next. On
 * PostgreSQL, a process that is killed is missed for as long; a claim that is
 * taken from a slow one costs nothing, since the workflow runs already.
 */
const CLAIM_MS = 5_000;
/** How long a started workflow has until its first attempt is recorded. */
const START_GRACE_MS = 60_000;
/** When to look again at a due delivery whose workflow has not ended yet. */
const LOOK_AGAIN_MS = 2_000;

export function startDispatcher(settings: {
  store: Store;
  engine: Engine;
  log: Logger;
  /** Called when Temporal answers, but refuses a start: its store may be another one, and not set up. */
  onRefusal(): Promise<void>;
  /** Called when Temporal answers again after it did not. */
  onRecovery(): Promise<void>;
}): Dispatcher {
  const { store, engine, log } = settings;
  const stopping = new AbortController();
  let awake: (() => void) | undefined;
  let wanted = false;
  let connected = true;
  let sweptAt = 0;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await sweep();
        const taken = await take();
        if (!taken) await rest();
      } catch (error) {
        log.error({ err: error }, 'dispatcher: the database did not answer; trying again');
        await rest();
      }
    }
  }

  async function sweep(): Promise<void> {
    if (Date.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = Date.now();
    await sweepDeliveries(store);
  }

  /** Whether there may be more to take at once. */
  async function take(): Promise<boolean> {
    wanted = false;
    const leaseUntil = Date.now() + CLAIM_MS;
    const limit = connected ? BATCH : 1;
    const endpoints = await claimVerifications(store, { limit, leaseUntil });
    const deliveries = await claimDeliveries(store, { limit, leaseUntil });
    await eachOf(endpoints, (id) => attempt(() => startVerification(engine, id)));
    const { left, ending } = await startAll(deliveries);
    await returnDeliveries(store, left);
    await returnDeliveries(store, ending, Date.now() + LOOK_AGAIN_MS);
    if (!connected) return false;
    return deliveries.length === limit || endpoints.length === limit;
  }

  /**
   * Starts the workflows. Returns the deliveries that could not be started, and
   * those that are due although a workflow runs: it is about to make the attempt,
   * or it is ending (the delivery was cancelled, and asked for again at once).
   */
  async function startAll(
    deliveries: ClaimedDelivery[],
  ): Promise<{ left: string[]; ending: string[] }> {
    const left: string[] = [];
    const ending: string[] = [];
    await eachOf(deliveries, async (delivery) => {
      // Where one cannot be started, the rest of the batch need not wait for a timeout each.
      const outcome =
        left.length > 0 ? undefined : await attempt(() => startDelivery(engine, delivery));
      if (outcome === undefined) left.push(delivery.id);
      else if (outcome === 'running' && dueAt(delivery) <= Date.now()) ending.push(delivery.id);
      else await extendLease(store, delivery.id, leaseAfterStart(delivery));
    });
    return { left, ending };
  }

  /** What `start` gave, or undefined where it did not reach Temporal. */
  async function attempt<Outcome>(start: () => Promise<Outcome>): Promise<Outcome | undefined> {
    try {
      const outcome = await start();
      await setConnected(true);
      return outcome;
    } catch (error) {
      await setConnected(false, error);
      if (isRefusal(error)) await settings.onRefusal();
      return undefined;
    }
  }

  async function setConnected(value: boolean, error?: unknown): Promise<void> {
    if (connected === value) return;
    connected = value;
    if (value) {
      log.info('dispatcher: Temporal answers again');
      await settings.onRecovery();
    } else {
      log.warn(
        { err: error },
        'dispatcher: Temporal does not answer; events are kept until it does',
      );
    }
  }

  async function rest(): Promise<void> {
    if (wanted && connected) return;
    const woken = new AbortController();
    awake = () => woken.abort();
    const signal = AbortSignal.any([stopping.signal, ...(connected ? [woken.signal] : [])]);
    await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
    awake = undefined;
  }

  const running = run();
  return {
    wake() {
      wanted = true;
      awake?.();
    },
    isConnected: () => connected,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function leaseAfterStart(delivery: ClaimedDelivery): number {
  return Math.max(Date.now(), dueAt(delivery)) + START_GRACE_MS;
}

function dueAt(delivery: ClaimedDelivery): number {
  return Math.min(delivery.nextAttemptAt, delivery.expiresAt);
}

/** Runs `work` on every item, a few at a time. */
async function eachOf<Item>(items: Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const runner = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(STARTS_AT_ONCE, items.length) }, runner));
}
