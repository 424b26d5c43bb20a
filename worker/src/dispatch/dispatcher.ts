import {
  type Backlog,
  type ClaimedDelivery,
  claimDeliveries,
  claimVerifications,
  endBacklog,
  endEndpoints,
  expireDelivery,
  extendLeases,
  FIRST_ATTEMPT_LEASE_MS,
  type Holds,
  listBacklogs,
  pullHeld,
  repairDueTimes,
  returnDeliveries,
  type Store,
  sweepDeliveries,
} from '@careerhooks/store';
import type { Logger } from 'pino';
import type { FirstAttemptMaker } from './first-attempts';
import type { EndpointLimiter } from './endpoint-limiter';
import { startLoop } from './loop';
import type { Starter } from './starter';

/**
 * The dispatcher carries what waits in the database: deliveries that nobody
 * leases, since their process is gone or none had the time, and those in the
 * backlogs of endpoints that could not take them at once. It is also the
 * reconciler: a lease that runs out says that nobody carries a row, and starting
 * a workflow that runs already does nothing, so "start whatever has no lease" is
 * both the first start and every repair.
 *
 * It is two loops, each of which looks when `wake` says that there is something, and
 * every second otherwise, since a lease may have run out:
 *
 * - *First attempts* need the database alone. Up to a batch of those that nobody
 *   leases is claimed and goes out; then each backlog is drained as far as its limiter
 *   has room. What turns out to need a workflow is given back to the database.
 * - *Workflows* are started while Temporal is there, a few at a time, for what was
 *   attempted before, with a minute to show progress. While it is away, all of that
 *   waits in the database.
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

const BATCH = 64;
const STARTS_AT_ONCE = 8;
const REST_MS = 1_000;
/** While a rate limit decides when the next delivery may go, or nobody tells what other processes leave. */
const SHORT_REST_MS = 100;
/** Between two rounds of starts: what comes meanwhile shares the next. */
const STARTS_PAUSE_MS = 50;
const SWEEP_EVERY_MS = 15_000;
/** A clock that loses more than this at once was set back; less is put right all the time. */
const SET_BACK_MS = 60_000;
/**
 * A claim that was not started within this time goes to whoever claims next. On
 * PostgreSQL, a process that is killed is missed for as long; a claim that is
 * taken from a slow one costs nothing, since the workflow runs already.
 */
const CLAIM_MS = FIRST_ATTEMPT_LEASE_MS;
/** How long a started workflow has until it shows progress. */
const START_GRACE_MS = 60_000;
/** When to look again at a due delivery whose workflow has not ended yet. */
export const LOOK_AGAIN_MS = 2_000;

export function startDispatcher(settings: {
  store: Store;
  holds: Holds;
  starter: Starter;
  limiter: EndpointLimiter;
  firstAttempts: FirstAttemptMaker;
  /** Tells a delivery's workflow to make its next attempt, the one after `attempts`, now. */
  retryNow(deliveryId: string, attempts?: number): Promise<void>;
  /** What other processes leave in the database is not told. */
  isDeaf(): boolean;
  log: Logger;
}): Dispatcher {
  const { store, holds, starter, limiter, firstAttempts, log } = settings;
  let sweptAt = -Infinity;
  /** What the clock showed at `performance.now()` 0, as of late. */
  let epoch: number | undefined;
  let repairedAll = false;
  let backlogs: Backlog[] = [];

  const attempts = startLoop({
    round: makeFirstAttempts,
    restMs: () =>
      settings.isDeaf() || backlogs.some(({ ratePerSecond }) => ratePerSecond !== null)
        ? SHORT_REST_MS
        : REST_MS,
    failed: complain,
  });
  const workflows = startLoop({
    round: startWorkflows,
    restMs: () => REST_MS,
    pauseMs: STARTS_PAUSE_MS,
    failed: complain,
  });

  function complain(error: unknown): void {
    log.error({ err: error }, 'dispatcher: the database did not answer; trying again');
  }

  async function makeFirstAttempts(stopping: AbortSignal): Promise<boolean> {
    await sweep();
    await repairAfterSetBack();
    const leaseUntil = Date.now() + CLAIM_MS;
    const claimed = await claimDeliveries(store, { limit: BATCH, leaseUntil, which: 'first' });
    await sendFirst(claimed);
    const moved = await drain(stopping);
    return claimed.length >= BATCH || moved;
  }

  async function startWorkflows(): Promise<boolean> {
    if (!starter.isConnected()) return false;
    await repairOnce();
    const leaseUntil = Date.now() + CLAIM_MS;
    const endpoints = await claimVerifications(store, { limit: BATCH, leaseUntil });
    const claimed = await claimDeliveries(store, { limit: BATCH, leaseUntil, which: 'attempted' });
    await eachOf(endpoints, (id) => starter.verify(id));
    await startClaimed(claimed);
    const isFull = claimed.length >= BATCH || endpoints.length >= BATCH;
    return isFull && starter.isConnected();
  }

  async function sweep(): Promise<void> {
    if (performance.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = performance.now();
    await sweepDeliveries(store);
    for (const ended of await endEndpoints(store, Date.now())) {
      log.info({ endpoint: ended.id, cancelled: ended.cancelled }, 'an endpoint has ended');
    }
  }

  /** What another process wrote into a backlog while it was ended should not wait for the next sweep. */
  function sweepSoon(): void {
    sweptAt = Math.min(sweptAt, performance.now() - SWEEP_EVERY_MS + REST_MS);
  }

  /** The clock may have been set back: now, or while this process did not run (`repairOnce`). */
  async function repairAfterSetBack(): Promise<void> {
    const before = epoch;
    epoch = Date.now() - performance.now();
    if (before === undefined || epoch > before - SET_BACK_MS) return;
    // Nobody waits for Temporal here: what it does not hear now, it is told when its lease runs out.
    void eachOf(await repairDueTimes(store), (id) => settings.retryNow(id));
  }

  async function repairOnce(): Promise<void> {
    if (repairedAll) return;
    const repaired = await repairDueTimes(store);
    repairedAll = true;
    await eachOf(repaired, (id) => settings.retryNow(id));
  }

  /** Makes the first attempts that there is room for; the others wait in their endpoints' backlogs. */
  async function sendFirst(claimed: ClaimedDelivery[]): Promise<void> {
    const now = Date.now();
    const over = claimed.filter(({ expiresAt }) => expiresAt <= now);
    const admitted: ClaimedDelivery[] = [];
    const crowded: string[] = [];
    for (const delivery of claimed) {
      if (delivery.expiresAt <= now) continue;
      const endpoint = { id: delivery.endpointId, ratePerSecond: delivery.ratePerSecond };
      if (limiter.admit(endpoint)) admitted.push(delivery);
      else crowded.push(delivery.id);
    }
    // First of all, since it answers for the slots.
    await firstAttempts.sendClaimed(admitted);
    if (crowded.length > 0) await holds.add(crowded);
    for (const { id } of over) await expireDelivery(store, id);
  }

  /**
   * Starts workflows. What cannot be started is given back; a workflow that runs
   * although its delivery is due is told so, since it may not have heard that its next
   * attempt was asked for, and looked at again: it is about to make the attempt, or it
   * is ending (the delivery was cancelled, and asked for again at once).
   */
  async function startClaimed(claimed: ClaimedDelivery[]): Promise<void> {
    const left: string[] = [];
    const ending: string[] = [];
    const started: { id: string; leaseUntil: number }[] = [];
    await eachOf(claimed, async (delivery) => {
      // Where one cannot be started, the rest of the batch need not wait for a timeout each.
      const outcome = left.length > 0 ? undefined : await starter.startDelivery(delivery);
      if (outcome === undefined) left.push(delivery.id);
      else if (outcome === 'running' && dueAt(delivery) <= Date.now()) {
        ending.push(delivery.id);
        await settings.retryNow(delivery.id, delivery.attempts);
      } else started.push({ id: delivery.id, leaseUntil: leaseAfterStart(delivery) });
    });
    await extendLeases(store, started);
    await returnDeliveries(store, left);
    await returnDeliveries(store, ending, Date.now() + LOOK_AGAIN_MS);
  }

  /** Whether anything was pulled. */
  async function drain(stopping: AbortSignal): Promise<boolean> {
    backlogs = await listBacklogs(store);
    let moved = false;
    for (const backlog of backlogs) {
      if (stopping.aborted) return false;
      if (await pull(backlog)) moved = true;
    }
    return moved;
  }

  async function pull(backlog: Backlog): Promise<boolean> {
    const { endpointId, waits, ordered, failingSince, ratePerSecond } = backlog;
    const endpoint = { id: endpointId, ratePerSecond };
    const failing = failingSince !== null;
    limiter.setFailing(endpointId, failing);
    // Any number of endpoints may be gone for good: they cost no statement each.
    if (failing && !waits) return false;
    const slots = failing
      ? Number(limiter.admitProbe(endpoint))
      : admitUpTo(endpoint, ordered ? 1 : BATCH);
    if (slots === 0) return false;

    let pulled: ClaimedDelivery[] = [];
    let first: ClaimedDelivery[] = [];
    try {
      const leaseUntil = Date.now() + CLAIM_MS;
      pulled = await pullHeld(store, { endpointId, ordered, limit: slots, leaseUntil });
      first = pulled.filter(({ isFirst }) => isFirst);
    } finally {
      const unused = slots - first.length;
      if (failing && pulled.length === 0) limiter.giveProbeBack(endpointId);
      else for (let slot = 0; slot < unused; slot += 1) limiter.giveBack(endpointId);
    }
    await firstAttempts.sendClaimed(first);
    await leaveToWorkflows(pulled.filter(({ isFirst }) => !isFirst));
    if (pulled.length === 0 && (await endBacklog(store, endpointId))) sweepSoon();
    return pulled.length > 0 && !failing;
  }

  async function leaveToWorkflows(deliveries: ClaimedDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await returnDeliveries(
      store,
      deliveries.map(({ id }) => id),
    );
    workflows.wake();
  }

  function admitUpTo(endpoint: { id: string; ratePerSecond: number | null }, most: number): number {
    let slots = 0;
    while (slots < most && limiter.admit(endpoint)) slots += 1;
    return slots;
  }

  function wake(): void {
    attempts.wake();
    workflows.wake();
  }

  return {
    wake,
    freed(endpointId) {
      if (backlogs.some((backlog) => backlog.endpointId === endpointId)) attempts.wake();
    },
    async stop() {
      await Promise.all([attempts.stop(), workflows.stop()]);
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
