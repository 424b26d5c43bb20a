/**
 * A lane for each endpoint, so that none delays another: at most so many of its
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
export interface Lanes {
  /** Keeps a place; false where there is none. Every place is used by `run`, or given back. */
  admit(endpoint: LaneEndpoint): boolean;
  giveBack(endpointId: string): void;
  /** As `admit`, for an attempt that finds out whether a failing endpoint works again. */
  admitProbe(endpoint: LaneEndpoint): boolean;
  /** As `giveBack`, where there was nothing to find it out by: the next delivery may, within a second. */
  giveProbeBack(endpointId: string): void;
  /** Runs `work` in the place kept, when it is its turn; undefined where the endpoint began to fail first. */
  run<Result>(endpointId: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /** How many `admit` would take now. */
  room(endpoint: LaneEndpoint): number;
  /** Tells what an attempt came to, whoever made it. */
  note(endpointId: string, attempt: { isFirst: boolean; outcome: Outcome }): void;
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

/** What a lane has to know of its endpoint. */
interface LaneEndpoint {
  id: string;
  /** Null for as many as come. */
  ratePerSecond: number | null;
}

interface Lane {
  /** Attempts that may run at once. */
  limit: number;
  running: number;
  /** Kept places: running, waiting for their turn, or about to come. */
  places: number;
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
const PLACES_PER_TURN = 4;
/** As many as may be accepted in one transaction, while there was no trouble. */
const FEWEST_PLACES = 64;
const FEWEST_PLACES_IN_TROUBLE = 8;
/** Of all endpoints together: what waits in memory is bounded. Beyond it each still has a few. */
const MOST_PLACES = 4_000;
const PLACES_BEYOND = 2;
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
/** Lanes that nobody needs are forgotten beyond this many. */
const MOST_LANES = 10_000;

export function createLanes(on: {
  /** The endpoint has begun to fail, or works again, as this process saw it. */
  failing(endpointId: string): void;
  working(endpointId: string): void;
  /** There is room for more of its backlog. */
  freed(endpointId: string): void;
}): Lanes {
  const lanes = new Map<string, Lane>();
  let allPlaces = 0;
  let closed = false;

  function laneOf(endpointId: string): Lane {
    const known = lanes.get(endpointId);
    if (known !== undefined) return known;
    if (lanes.size >= MOST_LANES) forgetOne();
    const lane = newLane();
    lanes.set(endpointId, lane);
    return lane;
  }

  function forgetOne(): void {
    for (const [id, lane] of lanes) {
      if (lane.places > 0 || lane.failing) continue;
      lanes.delete(id);
      return;
    }
  }

  function room(endpoint: LaneEndpoint): number {
    const lane = laneOf(endpoint.id);
    if (lane.failing || closed) return 0;
    const free = mostPlaces(lane) - lane.places;
    const allowed = tokensOf(lane.allowed, endpoint.ratePerSecond ?? Infinity);
    const mayFail = tokensOf(lane.mayFail, FAILURES_PER_SECOND, MOST_FAILURES);
    const pace = mayFail > FAILURES_SPARE ? Infinity : mayFail - lane.places;
    return Math.max(0, Math.floor(Math.min(free, allowed, pace)));
  }

  function mostPlaces(lane: Lane): number {
    if (allPlaces >= MOST_PLACES) return PLACES_BEYOND;
    const fewest = lane.limit < FIRST_LIMIT ? FEWEST_PLACES_IN_TROUBLE : FEWEST_PLACES;
    return Math.max(fewest, lane.limit * PLACES_PER_TURN);
  }

  function take(endpoint: LaneEndpoint): void {
    const lane = laneOf(endpoint.id);
    lane.places += 1;
    lane.allowed.tokens -= 1;
    allPlaces += 1;
  }

  function leave(lane: Lane): void {
    lane.places -= 1;
    allPlaces -= 1;
  }

  function giveBack(endpointId: string): void {
    const lane = laneOf(endpointId);
    lane.allowed.tokens += 1;
    leave(lane);
  }

  async function run<Result>(
    endpointId: string,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    const lane = laneOf(endpointId);
    try {
      if (!(await turnIn(lane))) return undefined;
      try {
        return await work();
      } finally {
        lane.running -= 1;
        next(lane);
      }
    } finally {
      leave(lane);
      if (lane.running <= lane.limit / 2 && lane.waiting.length === 0) on.freed(endpointId);
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
      const lane = laneOf(endpoint.id);
      if (closed || lane.places > 0 || performance.now() < lane.probeAt) return false;
      lane.probeAt =
        performance.now() + Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** lane.probes);
      lane.probes += 1;
      take(endpoint);
      return true;
    },
    giveProbeBack(endpointId) {
      const lane = laneOf(endpointId);
      lane.probes -= 1;
      lane.probeAt = performance.now() + FIRST_PROBE_MS;
      giveBack(endpointId);
    },
    giveBack,
    note(endpointId, { isFirst, outcome }) {
      const lane = laneOf(endpointId);
      if (outcome === 'success') {
        lane.failures = 0;
        if (lane.limit < HIGHEST_LIMIT && lane.running >= lane.limit) lane.limit += 1;
        if (!lane.failing) return;
        setFailing(lane, false);
        on.working(endpointId);
        return;
      }
      if (outcome === 'overload') halve(lane);
      // That one delivery fails again and again says little of the others.
      if (!isFirst) return;
      lane.mayFail.tokens -= 1;
      lane.failures += WEIGHTS[outcome];
      if (lane.failing || lane.failures < WEIGHT_UNTIL_FAILING) return;
      setFailing(lane, true);
      on.failing(endpointId);
    },
    close() {
      closed = true;
      for (const lane of lanes.values()) giveUpTurns(lane);
    },
    setFailing(endpointId, failing) {
      const lane = laneOf(endpointId);
      if (lane.failing !== failing) setFailing(lane, failing);
    },
  };
}

function newLane(): Lane {
  return {
    limit: FIRST_LIMIT,
    running: 0,
    places: 0,
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
function turnIn(lane: Lane): Promise<boolean> | boolean {
  if (lane.running < lane.limit) {
    lane.running += 1;
    return true;
  }
  return new Promise((resolve) => lane.waiting.push(resolve));
}

function next(lane: Lane): void {
  while (lane.running < lane.limit) {
    const give = lane.waiting.shift();
    if (give === undefined) return;
    lane.running += 1;
    give(true);
  }
}

function halve(lane: Lane): void {
  if (performance.now() - lane.halvedAt < 1_000) return;
  lane.halvedAt = performance.now();
  lane.limit = Math.max(1, Math.floor(lane.limit / 2));
}

/** A receiver that comes back begins with one at a time. */
function setFailing(lane: Lane, failing: boolean): void {
  lane.failing = failing;
  lane.failures = 0;
  lane.limit = failing ? 1 : lane.limit;
  lane.probes = 0;
  lane.probeAt = performance.now() + FIRST_PROBE_MS;
  if (failing) giveUpTurns(lane);
}

function giveUpTurns(lane: Lane): void {
  for (const giveUp of lane.waiting.splice(0)) giveUp(false);
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
