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
import { type Engine, startDelivery, startVerification } from './start-workflow';

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
 *   one start is tried each second until it succeeds; then *taking*. Events are
 *   accepted all the while.
 */
export interface Dispatcher {
  /** Says that there is something to take; cheap, and safe to call at any time. */
  wake(): void;
  /** Whether the last start of a workflow reached Temporal. */
  isConnected(): boolean;
  /** Ends after what is claimed has been started or given back. */
  stop(): Promise<void>;
}

const BATCH = 64;
const STARTS_AT_ONCE = 8;
const REST_MS = 1_000;
const SWEEP_EVERY_MS = 15_000;
/** A claim that was not started within this time goes to whoever claims next. */
const CLAIM_MS = 15_000;
/** How long a started workflow has until its first attempt is recorded. */
const START_GRACE_MS = 60_000;

export function startDispatcher(settings: {
  store: Store;
  engine: Engine;
  log: Logger;
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
    const left = await startAll(deliveries);
    if (left.length > 0) await returnDeliveries(store, left);
    if (!connected) return false;
    return deliveries.length === limit || endpoints.length === limit;
  }

  /** Starts the workflows; returns the deliveries that could not be started. */
  async function startAll(deliveries: ClaimedDelivery[]): Promise<string[]> {
    const left: string[] = [];
    await eachOf(deliveries, async (delivery) => {
      const started = await attempt(() => startDelivery(engine, delivery));
      if (started) await extendLease(store, delivery.id, leaseAfterStart(delivery));
      else left.push(delivery.id);
    });
    return left;
  }

  /** Whether `start` reached Temporal. */
  async function attempt(start: () => Promise<void>): Promise<boolean> {
    try {
      await start();
      await setConnected(true);
      return true;
    } catch (error) {
      await setConnected(false, error);
      return false;
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
  return (
    Math.max(Date.now(), Math.min(delivery.nextAttemptAt, delivery.expiresAt)) + START_GRACE_MS
  );
}

/** Runs `work` on every item, a few at a time. */
async function eachOf<Item>(items: Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const runner = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(STARTS_AT_ONCE, items.length) }, runner));
}
