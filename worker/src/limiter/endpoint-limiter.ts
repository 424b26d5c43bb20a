import {
  FIRST_LIMIT,
  giveUpTurns,
  halveLimit,
  raiseLimit,
  resetLimit,
  runInTurn,
} from './concurrency';
import { createEndpointStates, type EndpointState } from './endpoint-states';
import {
  beginProbe,
  changeTo,
  mayProbe,
  type Outcome,
  paceOf,
  recordOutcome,
  undoProbe,
} from './health';
import { KeptSlot, type Slot, type SlotKeeper } from './slot';
import { fillBucket } from './token-bucket';

/**
 * Limits each endpoint, so that none delays another: so many slots each, of which
 * some run at once (`concurrency.ts`) and the others wait here for their turn; what comes
 * beyond that waits in the database. There are fewer while the endpoint is failing or paced
 * (`health.ts`), or has a rate limit (`token-bucket.ts`).
 */
export interface EndpointLimiter {
  /** A slot for one attempt; undefined where there is none, and its delivery has to wait. */
  acquire(endpoint: LimitedEndpoint): Slot | undefined;
  /** As `acquire`, for an attempt that finds out whether a failing endpoint works again. */
  acquireProbe(endpoint: LimitedEndpoint): Slot | undefined;
  /** There was nothing to find it out by, and the probe's slot was given back: the next may, within a second. */
  undoProbe(endpointId: string): void;
  /** Takes note of what an attempt came to, whoever made it. */
  record(endpointId: string, attempt: { isFirst: boolean; outcome: Outcome }): void;
  /** What the database says, which other processes write too. */
  setFailing(endpointId: string, failing: boolean): void;
  /** Gives no more slots, and gives up what waits for its turn. */
  close(): void;
}

/** What a limiter has to know of an endpoint. */
interface LimitedEndpoint {
  id: string;
  /** Deliveries a second at most; null for as many as come. */
  ratePerSecond: number | null;
}

/** Slots for each attempt that may run: short waits are better spent here than in the database. */
const SLOTS_PER_TURN = 4;
/** As many as may be accepted in one transaction, while there was no trouble. */
const FEWEST_SLOTS = 64;
const FEWEST_SLOTS_IN_TROUBLE = 8;
/** Of all endpoints together: what waits in memory is bounded. Beyond it each still has a few. */
const MOST_SLOTS = 4_000;
const SLOTS_BEYOND = 2;

/** What a limiter tells of endpoints, by id. */
interface Listener {
  /** It has begun to fail, or works again, as this process saw it. */
  failing(endpointId: string): void;
  working(endpointId: string): void;
  /** There is room for more of its backlog. */
  freed(endpointId: string): void;
}

export function createEndpointLimiter(on: Listener): EndpointLimiter {
  const states = createEndpointStates();
  const total: Total = { slots: 0 };
  const keeper = createKeeper(total, on);
  let closed = false;

  function keep(state: EndpointState): Slot {
    state.slots += 1;
    state.rate.tokens -= 1;
    total.slots += 1;
    return new KeptSlot(state, keeper);
  }

  return {
    acquire(endpoint) {
      const state = states.get(endpoint.id);
      if (closed || roomOf(state, endpoint.ratePerSecond, total) < 1) return undefined;
      return keep(state);
    },
    acquireProbe(endpoint) {
      const state = states.get(endpoint.id);
      if (closed || state.slots > 0 || !mayProbe(state.health)) return undefined;
      beginProbe(state.health);
      return keep(state);
    },
    undoProbe: (endpointId) => undoProbe(states.get(endpointId).health),
    record(endpointId, attempt) {
      const { concurrency, health } = states.get(endpointId);
      if (attempt.outcome === 'success') raiseLimit(concurrency);
      if (attempt.outcome === 'overload') halveLimit(concurrency);
      const change = recordOutcome(health, attempt);
      if (change === 'failing') resetLimit(concurrency);
      if (change !== undefined) on[change](endpointId);
    },
    setFailing(endpointId, failing) {
      const { concurrency, health } = states.get(endpointId);
      if (health.failing === failing) return;
      changeTo(health, failing);
      if (failing) resetLimit(concurrency);
    },
    close() {
      closed = true;
      for (const { concurrency } of states.all()) giveUpTurns(concurrency);
    },
  };
}

/** Slots of all endpoints together that are kept or used. */
interface Total {
  slots: number;
}

function createKeeper(total: Total, on: Pick<Listener, 'freed'>): SlotKeeper<EndpointState> {
  function free(state: EndpointState): void {
    state.slots -= 1;
    total.slots -= 1;
  }

  return {
    async use(state, work) {
      const { concurrency } = state;
      try {
        return await runInTurn(concurrency, work);
      } finally {
        free(state);
        const hasRoom = concurrency.running <= concurrency.limit / 2;
        if (hasRoom && concurrency.waiting.length === 0) on.freed(state.id);
      }
    },
    giveBack(state) {
      state.rate.tokens += 1;
      free(state);
    },
  };
}

/** How many more slots an endpoint may have now. */
function roomOf(state: EndpointState, ratePerSecond: number | null, total: Total): number {
  if (state.health.failing) return 0;
  const free = mostSlots(state, total) - state.slots;
  const allowed = fillBucket(state.rate, ratePerSecond ?? Infinity);
  const paced = paceOf(state.health) - state.slots;
  return Math.floor(Math.min(free, allowed, paced));
}

function mostSlots({ concurrency }: EndpointState, total: Total): number {
  if (total.slots >= MOST_SLOTS) return SLOTS_BEYOND;
  const inTrouble = concurrency.limit < FIRST_LIMIT;
  const fewest = inTrouble ? FEWEST_SLOTS_IN_TROUBLE : FEWEST_SLOTS;
  return Math.max(fewest, concurrency.limit * SLOTS_PER_TURN);
}
