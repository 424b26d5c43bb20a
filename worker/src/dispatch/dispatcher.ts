import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Backlog,
  type ClaimedDelivery,
  claimDeliveries,
  claimVerifications,
  endBacklog,
  extendLeases,
  FIRST_ATTEMPT_LEASE_MS,
  type Holds,
  listBacklogs,
  pullHeld,
  recallDeliveries,
  returnDeliveries,
  type Store,
  sweepDeliveries,
} from '@careerhooks/store';
import type { Logger } from 'pino';
import type { FirstAttemptMaker } from './first-attempts';
import type { Lanes } from './lanes';
import type { Starter } from './starter';

/**
 * The dispatcher carries what waits in the database: deliveries that nobody
 * leases, since their process is gone or none had the time, and those in the
 * backlogs of endpoints that could not take them at once. It is also the
 * reconciler: a lease that runs out says that nobody carries a row, and starting
 * a workflow that runs already does nothing, so "start whatever has no lease" is
 * both the first start and every repair.
 *
 * - *Resting*: nothing to take. `wake` (something was left in the database) or a
 *   second's pause (a lease ran out) leads to *taking*.
 * - *Taking*: claims up to a batch. A delivery that was not attempted yet goes out
 *   at once; the workflow of any other is started, a few at a time, with a minute
 *   to show progress. Then each backlog is drained as far as its lane has room. A
 *   full batch leads to *taking* again, anything else to *resting*.
 * - While Temporal is away, first attempts go on. What needs a workflow waits; one
 *   start is tried each second until it succeeds.
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
/** While a rate limit decides when the next delivery may go. */
const SHORT_REST_MS = 100;
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
  lanes: Lanes;
  firstAttempts: FirstAttemptMaker;
  /** Tells a delivery's workflow to make its next attempt now. */
  hurry(deliveryId: string): Promise<void>;
  log: Logger;
}): Dispatcher {
  const { store, holds, starter, lanes, firstAttempts, log } = settings;
  const stopping = new AbortController();
  let awake: (() => void) | undefined;
  let wanted = false;
  let sweptAt = -Infinity;
  /** What the clock showed at `performance.now()` 0, as of late. */
  let epoch: number | undefined;
  let backlogs: Backlog[] = [];

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await sweep();
        await recall();
        wanted = false;
        const more = await take();
        const moved = await drain();
        if (!more && !moved) await rest();
      } catch (error) {
        log.error({ err: error }, 'dispatcher: the database did not answer; trying again');
        await rest();
      }
    }
  }

  async function sweep(): Promise<void> {
    if (performance.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = performance.now();
    await sweepDeliveries(store);
  }

  /** What another process wrote into a backlog while it was ended should not wait for the next sweep. */
  function sweepSoon(): void {
    sweptAt = Math.min(sweptAt, performance.now() - SWEEP_EVERY_MS + REST_MS);
  }

  /** At the first look, and when the clock was set back. */
  async function recall(): Promise<void> {
    if (!starter.isConnected()) return;
    const before = epoch;
    epoch = Date.now() - performance.now();
    if (before !== undefined && epoch > before - SET_BACK_MS) return;
    await eachOf(await recallDeliveries(store), (id) => settings.hurry(id));
  }

  /** Whether there may be more to take at once. */
  async function take(): Promise<boolean> {
    const leaseUntil = Date.now() + CLAIM_MS;
    const away = !starter.isConnected();
    const endpoints = await claimVerifications(store, { limit: away ? 1 : BATCH, leaseUntil });
    const deliveries = await claimDeliveries(store, { limit: BATCH, leaseUntil, firstOnly: away });
    // One that needs a workflow tells whether Temporal is back.
    if (away) deliveries.push(...(await claimDeliveries(store, { limit: 1, leaseUntil })));

    await eachOf(endpoints, (id) => starter.verify(id));
    await carry(deliveries.filter(({ isFirst }) => isFirst));
    await start(deliveries.filter(({ isFirst }) => !isFirst));
    return deliveries.length >= BATCH || endpoints.length >= BATCH;
  }

  /** Makes the first attempts that there is room for; the others wait in their endpoints' backlogs. */
  async function carry(claimed: ClaimedDelivery[]): Promise<void> {
    const now = Date.now();
    const over = claimed.filter(({ expiresAt }) => expiresAt <= now);
    const admitted: ClaimedDelivery[] = [];
    const crowded: string[] = [];
    for (const delivery of claimed) {
      if (delivery.expiresAt <= now) continue;
      const endpoint = { id: delivery.endpointId, ratePerSecond: delivery.ratePerSecond };
      if (lanes.admit(endpoint)) admitted.push(delivery);
      else crowded.push(delivery.id);
    }
    // First of all, since it answers for the places.
    await firstAttempts.carry(admitted);
    if (crowded.length > 0) await holds.add(crowded);
    // Their workflows expire them.
    await start(over);
  }

  /**
   * Starts workflows. What cannot be started is given back; what is due although
   * its workflow runs is looked at again: it is about to make the attempt, or it is
   * ending (the delivery was cancelled, and asked for again at once).
   */
  async function start(claimed: ClaimedDelivery[]): Promise<void> {
    const left: string[] = [];
    const ending: string[] = [];
    const started: { id: string; leaseUntil: number }[] = [];
    await eachOf(claimed, async (delivery) => {
      // Where one cannot be started, the rest of the batch need not wait for a timeout each.
      const outcome = left.length > 0 ? undefined : await starter.start(delivery);
      if (outcome === undefined) left.push(delivery.id);
      else if (outcome === 'running' && dueAt(delivery) <= Date.now()) ending.push(delivery.id);
      else started.push({ id: delivery.id, leaseUntil: leaseAfterStart(delivery) });
    });
    await extendLeases(store, started);
    await returnDeliveries(store, left);
    await returnDeliveries(store, ending, Date.now() + LOOK_AGAIN_MS);
  }

  /** Whether anything was pulled. */
  async function drain(): Promise<boolean> {
    backlogs = await listBacklogs(store);
    let moved = false;
    for (const backlog of backlogs) {
      if (stopping.signal.aborted) return false;
      if (await pull(backlog)) moved = true;
    }
    return moved;
  }

  async function pull(backlog: Backlog): Promise<boolean> {
    const { endpointId, waits, ordered, failingSince, ratePerSecond } = backlog;
    const endpoint = { id: endpointId, ratePerSecond };
    const failing = failingSince !== null;
    lanes.setFailing(endpointId, failing);
    // Any number of endpoints may be gone for good: they cost no statement each.
    if (failing && !waits) return false;
    const places = failing
      ? Number(lanes.admitProbe(endpoint))
      : admitUpTo(endpoint, ordered ? 1 : BATCH);
    if (places === 0) return false;

    let pulled: ClaimedDelivery[] = [];
    let first: ClaimedDelivery[] = [];
    try {
      const leaseUntil = Date.now() + CLAIM_MS;
      pulled = await pullHeld(store, { endpointId, ordered, limit: places, leaseUntil });
      first = pulled.filter(({ isFirst }) => isFirst);
    } finally {
      const unused = places - first.length;
      if (failing && pulled.length === 0) lanes.giveProbeBack(endpointId);
      else for (let place = 0; place < unused; place += 1) lanes.giveBack(endpointId);
    }
    await firstAttempts.carry(first);
    await start(pulled.filter(({ isFirst }) => !isFirst));
    if (pulled.length === 0 && (await endBacklog(store, endpointId))) sweepSoon();
    return pulled.length > 0 && !failing;
  }

  function admitUpTo(endpoint: { id: string; ratePerSecond: number | null }, most: number): number {
    let places = 0;
    while (places < most && lanes.admit(endpoint)) places += 1;
    return places;
  }

  async function rest(): Promise<void> {
    if (wanted) return;
    const woken = new AbortController();
    awake = () => woken.abort();
    const signal = AbortSignal.any([stopping.signal, woken.signal]);
    const limited = backlogs.some(({ ratePerSecond }) => ratePerSecond !== null);
    await sleep(limited ? SHORT_REST_MS : REST_MS, undefined, { signal }).catch(() => undefined);
    awake = undefined;
  }

  function wake(): void {
    wanted = true;
    awake?.();
  }

  const running = run();
  return {
    wake,
    freed(endpointId) {
      if (backlogs.some((backlog) => backlog.endpointId === endpointId)) wake();
    },
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
