import { newId } from '@careerhooks/store';
import type { BurstCounts, BurstOutcome, PostOutcome } from '@careerhooks/workflows';

/**
 * The bursts of this process. While deliveries come alone, each has a workflow
 * of its own; when they come faster than workflows can be started without
 * taking the machine from the deliveries, one *burst* workflow carries the first
 * attempts of the next few seconds. What does not succeed goes on in its own.
 *
 * While Temporal is away a burst stays open, so that its workflow can still be
 * started, and tell of them, when Temporal is back.
 */
export interface Bursts {
  /**
   * The burst for `admitted` more deliveries; undefined where each should have its own workflow.
   *
   * @param written how many came, those too that have to wait: they take the machine as well.
   */
  burstFor(admitted: number, written: number): string | undefined;
  /** A first attempt that a burst carries. */
  add(burstId: string, endpointId: string, attempt: Promise<PostOutcome>): void;
  /**
   * The burst that has opened since `since` (by `performance.now()`), which carries this first
   * attempt now, too: its rush began with it. Undefined where none has.
   */
  join(since: number, endpointId: string, attempt: Promise<PostOutcome>): string | undefined;
  /** What the burst has done so far, and whether that is all; undefined where it is not of this process. */
  look(burstId: string): { outcome: BurstOutcome; done: boolean } | undefined;
  /** Its workflow has what it asked for. */
  forget(burstId: string): void;
  /** No burst takes anything more. */
  close(): void;
}

interface Burst {
  id: string;
  openedAt: number;
  /** Whether its workflow runs: only then does it close. */
  started: boolean;
  closed: boolean;
  underWay: number;
  deliveries: number;
  counts: Map<string, BurstCounts>;
}

/**
 * Deliveries that may each have their own workflow, about 20 a second. They are
 * counted over a quarter of a second, since those that a rush begins with are started for
 * nothing, and just when there is most to do.
 */
const ALONE = { deliveries: 5, withinMs: 250 };
const OPEN_MS = 4_000;
/** What was promised to a burst comes when its transaction is durable: no later than this. */
const LATE_MS = 1_000;
const ENDPOINTS_SHOWN = 20;
/** So that one that nobody asks about does not stay for ever. */
const MOST_BURSTS = 100;

/**
 * @param start starts the workflow of a burst; false where Temporal does not answer.
 * @param isConnected whether workflows can be started.
 */
export function createBursts(
  start: (burstId: string) => Promise<boolean>,
  isConnected: () => boolean,
): Bursts {
  const bursts = new Map<string, Burst>();
  let current: Burst | undefined;
  /** When the last deliveries came, and how many, of the last quarter of a second. */
  let lately: { at: number; count: number }[] = [];

  function comesAlone(count: number): boolean {
    const now = performance.now();
    lately = lately.filter(({ at }) => at > now - ALONE.withinMs);
    if (count > 0) lately.push({ at: now, count });
    return lately.reduce((sum, entry) => sum + entry.count, 0) <= ALONE.deliveries;
  }

  function open(): Burst {
    const burst: Burst = {
      id: newId(),
      openedAt: performance.now(),
      started: false,
      closed: false,
      underWay: 0,
      deliveries: 0,
      counts: new Map(),
    };
    bursts.set(burst.id, burst);
    const [oldest] = bursts.keys();
    if (bursts.size > MOST_BURSTS && oldest !== undefined) bursts.delete(oldest);
    void startWhenPossible(burst);
    return burst;
  }

  async function startWhenPossible(burst: Burst): Promise<void> {
    burst.started = await start(burst.id);
  }

  function isOpen(burst: Burst): boolean {
    return !burst.closed && (!burst.started || performance.now() - burst.openedAt < OPEN_MS);
  }

  function add(burstId: string, endpointId: string, attempt: Promise<PostOutcome>): void {
    const burst = bursts.get(burstId);
    if (burst === undefined) return;
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

  return {
    burstFor(admitted, written) {
      if (comesAlone(written) && isConnected()) return undefined;
      if (admitted === 0) return undefined;
      if (current === undefined || !isOpen(current)) current = open();
      return current.id;
    },
    add,
    join(since, endpointId, attempt) {
      if (current === undefined || current.openedAt < since || !isOpen(current)) return undefined;
      add(current.id, endpointId, attempt);
      return current.id;
    },
    look(burstId) {
      const burst = bursts.get(burstId);
      if (burst === undefined) return undefined;
      burst.closed ||= !isOpen(burst) && performance.now() - burst.openedAt >= OPEN_MS + LATE_MS;
      return { outcome: outcomeOf(burst), done: burst.closed && burst.underWay === 0 };
    },
    forget: (burstId) => void bursts.delete(burstId),
    close() {
      for (const burst of bursts.values()) burst.closed = true;
    },
  };
}

function kindOf(status: PostOutcome['status']): keyof BurstCounts {
  if (status === 'delivered' || status === 'retrying') return status;
  return 'ended';
}

function outcomeOf(burst: Burst): BurstOutcome {
  const sizeOf = ({ delivered, retrying, ended }: BurstCounts): number =>
    delivered + retrying + ended;
  const endpoints = [...burst.counts]
    .map(([endpoint, counts]) => ({ endpoint, ...counts }))
    .sort((left, right) => sizeOf(right) - sizeOf(left));
  return {
    deliveries: burst.deliveries,
    endpoints: endpoints.slice(0, ENDPOINTS_SHOWN),
    moreEndpoints: Math.max(0, endpoints.length - ENDPOINTS_SHOWN),
  };
}
