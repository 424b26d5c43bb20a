/**
 * Limits each endpoint, so that none delays another: at most so many of its
 * first attempts are under way at once, and a few more wait here for their turn;
 * what comes beyond that waits in the database.
 *
 * How many run at once follows the receiver: one more for each success while all
 * are in use, half as many when it is slow to fail (a timeout, 429, 5xx, no
 * connection). After 3 deliveries in a row that ended so, or 6 that were refused, the
 * endpoint *is failing*: nothing is admitted, what waits for its turn is given up,
 * until an attempt succeeds. One that fails part of its deliveries is *paced*: no more
 * go out than some that fail each second, since each of these needs a workflow.
 */
export interface EndpointLimiter {
  /** Keeps a slot; false where there is none. Every slot is used by `run`, or given back. */
  admit(endpoint: LimitedEndpoint): boolean;
  giveBack(endpointId: string): void;
  /** As `admit`, for an attempt that finds out whether a failing endpoint works again. */
  admitProbe(endpoint: LimitedEndpoint): boolean;
  /** As `giveBack`, where there was nothing to find it out by: the next delivery may, within a second. */
  giveProbeBack(endpointId: string): void;
  /** Runs `work` in the slot kept, when it is its turn; undefined where the endpoint began to fail first. */
  run<Result>(endpointId: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /** How many `admit` would take now. */
  room(endpoint: LimitedEndpoint): number;
  /** Tells what an attempt came to, whoever made it. */
  record(endpointId: string, attempt: { isFirst: boolean; outcome: Outcome }): void;
  /** Admits nothing more, and gives up what waits for its turn. */
  close(): void;
  /** What the database says, which other processes write too. */
  setFailing(endpointId: string, failing: boolean): void;
}

/**
 * What an attempt says of its endpoint: that it works; that it refuses, which may be for this
 * event alone (another 4xx, a redirect); or that it is away, or has too much to do.
 */
export type Outcome = 'success' | 'refusal' | 'overload';

/** What a state has to know of its endpoint. */
interface LimitedEndpoint {
  id: string;
  /** Null for as many as come. */
  ratePerSecond: number | null;
}

interface EndpointState {
  /** Attempts that may run at once. */
  limit: number;
  running: number;
  /** Kept slots: running, waiting for their turn, or about to come. */
  slots: number;
  waiting: ((turn: boolean) => void)[];
  /** What deliveries in a row that failed at first weigh, by `WEIGHTS`. */
  failures: number;
  failing: boolean;
  /** A failing endpoint is probed no sooner, by `performance.now()`, which goes on when the clock is set. */
  probeAt: number;
  probes: number;
  /** When the limit was last halved: once a second at most, since failures come together. */
  halvedAt: number;
  /** Deliveries that the rate limit still allows. */
  allowed: Bucket;
  /** Deliveries that may still fail at first before fewer are admitted. */
  mayFail: Bucket;
}

/** A token bucket. */
interface Bucket {
  tokens: number;
  /** When it was last filled, by `performance.now()`. */
  filledAt: number;
}

const FIRST_LIMIT = 3;
const HIGHEST_LIMIT = 128;
/** Places for each attempt that may run: short waits are better spent here than in the database. */
const SLOTS_PER_TURN = 4;
/** As many as may be accepted in one transaction, while there was no trouble. */
const FEWEST_SLOTS = 64;
const FEWEST_SLOTS_IN_TROUBLE = 8;
/** Of all endpoints together: what waits in memory is bounded. Beyond it each still has a few. */
const MOST_SLOTS = 4_000;
const SLOTS_BEYOND = 2;
/** As many that hang as run at once at first; twice as many refusals. */
const WEIGHTS = { overload: 2, refusal: 1 };
const WEIGHT_UNTIL_FAILING = 6;
/** Of one endpoint: each takes some hundredths of a second of CPU, which the others do without. */
const FAILURES_PER_SECOND = 8;
/** So many are saved up while none fails. */
const MOST_FAILURES = 32;
/** While more than this many are left, there is no reason to pace. */
const FAILURES_SPARE = 16;
const FIRST_PROBE_MS = 1_000;
const LONGEST_PROBE_MS = 300_000;
/** EndpointLimiter that nobody needs are forgotten beyond this many. */
const MOST_ENDPOINTS = 10_000;

export function createEndpointLimiter(on: {
  /** The endpoint has begun to fail, or works again, as this process saw it. */
  failing(endpointId: string): void;
  working(endpointId: string): void;
  /** There is room for more of its backlog. */
  freed(endpointId: string): void;
}): EndpointLimiter {
  const endpoints = new Map<string, EndpointState>();
  let allSlots = 0;
  let closed = false;

  function stateOf(endpointId: string): EndpointState {
    const known = endpoints.get(endpointId);
    if (known !== undefined) return known;
    if (endpoints.size >= MOST_ENDPOINTS) forgetOne();
    const state = newState();
    endpoints.set(endpointId, state);
    return state;
  }

  function forgetOne(): void {
    for (const [id, state] of endpoints) {
      if (state.slots > 0 || state.failing) continue;
      endpoints.delete(id);
      return;
    }
  }

  function room(endpoint: LimitedEndpoint): number {
    const state = stateOf(endpoint.id);
    if (state.failing || closed) return 0;
    const free = mostSlots(state) - state.slots;
    const allowed = tokensOf(state.allowed, endpoint.ratePerSecond ?? Infinity);
    const mayFail = tokensOf(state.mayFail, FAILURES_PER_SECOND, MOST_FAILURES);
    const pace = mayFail > FAILURES_SPARE ? Infinity : mayFail - state.slots;
    return Math.max(0, Math.floor(Math.min(free, allowed, pace)));
  }

  function mostSlots(state: EndpointState): number {
    if (allSlots >= MOST_SLOTS) return SLOTS_BEYOND;
    const fewest = state.limit < FIRST_LIMIT ? FEWEST_SLOTS_IN_TROUBLE : FEWEST_SLOTS;
    return Math.max(fewest, state.limit * SLOTS_PER_TURN);
  }

  function take(endpoint: LimitedEndpoint): void {
    const state = stateOf(endpoint.id);
    state.slots += 1;
    state.allowed.tokens -= 1;
    allSlots += 1;
  }

  function leave(state: EndpointState): void {
    state.slots -= 1;
    allSlots -= 1;
  }

  function giveBack(endpointId: string): void {
    const state = stateOf(endpointId);
    state.allowed.tokens += 1;
    leave(state);
  }

  async function run<Result>(
    endpointId: string,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    const state = stateOf(endpointId);
    try {
      if (!(await turnIn(state))) return undefined;
      try {
        return await work();
      } finally {
        state.running -= 1;
        next(state);
      }
    } finally {
      leave(state);
      if (state.running <= state.limit / 2 && state.waiting.length === 0) on.freed(endpointId);
    }
  }

  return {
    room,
    run,
    admit(endpoint) {
      if (room(endpoint) < 1) return false;
      take(endpoint);
      return true;
    },
    admitProbe(endpoint) {
      const state = stateOf(endpoint.id);
      if (closed || state.slots > 0 || performance.now() < state.probeAt) return false;
      state.probeAt =
        performance.now() + Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** state.probes);
      state.probes += 1;
      take(endpoint);
      return true;
    },
    giveProbeBack(endpointId) {
      const state = stateOf(endpointId);
      state.probes -= 1;
      state.probeAt = performance.now() + FIRST_PROBE_MS;
      giveBack(endpointId);
    },
    giveBack,
    record(endpointId, { isFirst, outcome }) {
      const state = stateOf(endpointId);
      if (outcome === 'success') {
        state.failures = 0;
        if (state.limit < HIGHEST_LIMIT && state.running >= state.limit) state.limit += 1;
        if (!state.failing) return;
        setFailing(state, false);
        on.working(endpointId);
        return;
      }
      if (outcome === 'overload') halve(state);
      // That one delivery fails again and again says little of the others.
      if (!isFirst) return;
      state.mayFail.tokens -= 1;
      state.failures += WEIGHTS[outcome];
      if (state.failing || state.failures < WEIGHT_UNTIL_FAILING) return;
      setFailing(state, true);
      on.failing(endpointId);
    },
    close() {
      closed = true;
      for (const state of endpoints.values()) giveUpTurns(state);
    },
    setFailing(endpointId, failing) {
      const state = stateOf(endpointId);
      if (state.failing !== failing) setFailing(state, failing);
    },
  };
}

function newState(): EndpointState {
  return {
    limit: FIRST_LIMIT,
    running: 0,
    slots: 0,
    waiting: [],
    failures: 0,
    failing: false,
    probeAt: 0,
    probes: 0,
    halvedAt: -Infinity,
    allowed: { tokens: 0, filledAt: -Infinity },
    mayFail: { tokens: 0, filledAt: -Infinity },
  };
}

/** Whether it has got its turn, and runs; false where the endpoint began to fail before. */
function turnIn(state: EndpointState): Promise<boolean> | boolean {
  if (state.running < state.limit) {
    state.running += 1;
    return true;
  }
  return new Promise((resolve) => state.waiting.push(resolve));
}

function next(state: EndpointState): void {
  while (state.running < state.limit) {
    const give = state.waiting.shift();
    if (give === undefined) return;
    state.running += 1;
    give(true);
  }
}

function halve(state: EndpointState): void {
  if (performance.now() - state.halvedAt < 1_000) return;
  state.halvedAt = performance.now();
  state.limit = Math.max(1, Math.floor(state.limit / 2));
}

/** A receiver that comes back begins with one at a time. */
function setFailing(state: EndpointState, failing: boolean): void {
  state.failing = failing;
  state.failures = 0;
  state.limit = failing ? 1 : state.limit;
  state.probes = 0;
  state.probeAt = performance.now() + FIRST_PROBE_MS;
  if (failing) giveUpTurns(state);
}

function giveUpTurns(state: EndpointState): void {
  for (const giveUp of state.waiting.splice(0)) giveUp(false);
}

/** Fills a bucket by the time that went by; it holds one second's worth unless `most` is given. */
function tokensOf(bucket: Bucket, perSecond: number, most = Math.max(1, perSecond)): number {
  if (perSecond === Infinity) return Infinity;
  const now = performance.now();
  const gained = ((now - bucket.filledAt) / 1_000) * perSecond;
  bucket.tokens = Math.min(most, Math.max(0, bucket.tokens) + gained);
  bucket.filledAt = now;
  return bucket.tokens;
}
