import { newId } from '@careerhooks/store';
import type { BurstCounts, BurstOutcome, PostOutcome } from '@careerhooks/workflows';

/**
 * One burst, from what begins a rush to the last of its attempts:
 *
 * - *Open*: it takes deliveries, for four seconds, and until its workflow runs.
 * - *Full*: it is given to no delivery any more; those that it was promised to may still come, for another second.
 * - *Closed*, also when the process stops: nothing comes any more.
 * - *Done*: closed, and all that it took was attempted.
 */
export interface Burst {
  readonly id: string;
  /** By `performance.now()`. */
  readonly openedAt: number;
  /** Whether its workflow runs: only then does it fill up. */
  started: boolean;
  closed: boolean;
  underWay: number;
  deliveries: number;
  /** By endpoint. */
  readonly counts: Map<string, BurstCounts>;
}

const OPEN_MS = 4_000;
/** What was promised to a burst comes when its transaction is durable: no later than this. */
const LATE_MS = 1_000;
const ENDPOINTS_SHOWN = 20;

export function newBurst(): Burst {
  return {
    id: newId(),
    openedAt: performance.now(),
    started: false,
    closed: false,
    underWay: 0,
    deliveries: 0,
    counts: new Map(),
  };
}

export function isOpen(burst: Burst): boolean {
  return !burst.closed && (!burst.started || ageOf(burst) < OPEN_MS);
}

/** Closes it when it is time, and says whether it is done. */
export function isDone(burst: Burst): boolean {
  burst.closed ||= !isOpen(burst) && ageOf(burst) >= OPEN_MS + LATE_MS;
  return burst.closed && burst.underWay === 0;
}

function ageOf(burst: Burst): number {
  return performance.now() - burst.openedAt;
}

/** Takes a first attempt, and counts what comes of it. */
export function takeAttempt(burst: Burst, endpointId: string, attempt: Promise<PostOutcome>): void {
  burst.deliveries += 1;
  burst.underWay += 1;
  const counts = burst.counts.get(endpointId) ?? { delivered: 0, retrying: 0, ended: 0 };
  burst.counts.set(endpointId, counts);
  attempt
    .then(
      ({ status }) => (counts[kindOf(status)] += 1),
      () => (counts.ended += 1),
    )
    .finally(() => (burst.underWay -= 1));
}

function kindOf(status: PostOutcome['status']): keyof BurstCounts {
  if (status === 'delivered' || status === 'retrying') return status;
  return 'ended';
}

/** What it has done so far, of the busiest endpoints first. */
export function outcomeOf(burst: Burst): BurstOutcome {
  const endpoints = [...burst.counts]
    .map(([endpoint, counts]) => ({ endpoint, ...counts }))
    .sort((left, right) => sizeOf(right) - sizeOf(left));
  return {
    deliveries: burst.deliveries,
    endpoints: endpoints.slice(0, ENDPOINTS_SHOWN),
    moreEndpoints: Math.max(0, endpoints.length - ENDPOINTS_SHOWN),
  };
}

function sizeOf({ delivered, retrying, ended }: BurstCounts): number {
  return delivered + retrying + ended;
}
