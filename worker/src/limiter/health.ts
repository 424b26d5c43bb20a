import { fillBucket, newTokenBucket, type TokenBucket } from './token-bucket';

/**
 * What an attempt says of its endpoint: that it works; that it refuses, which may be for this
 * event alone (another 4xx, a redirect); or that it is away, or has too much to do.
 */
export type Outcome = 'success' | 'refusal' | 'overload';

/**
 * How an endpoint is, by what its attempts came to:
 *
 * - *Healthy*: as many first attempts as come. Some of them fail: then it is *paced*.
 * - *Paced*: no more go out than some that fail each second, since each of these needs a workflow.
 *   Once fewer fail it is healthy again.
 * - *Failing*, after 3 deliveries in a row that it was slow to fail, or 6 that it refused: nothing goes
 *   out but a probe, after 1 s, 2 s, 4 s, up to every 5 minutes. The first success makes it healthy.
 *
 * Another process may see it fail, or work, too: the database says so (`changeTo`).
 */
export interface Health {
  failing: boolean;
  /** What deliveries in a row that failed at first weigh, by `WEIGHTS`. */
  failures: number;
  /** Deliveries that may still fail at first before it is paced. */
  mayFail: TokenBucket;
  /** It is probed no sooner, by `performance.now()`, which goes on when the clock is set. */
  probeAt: number;
  probes: number;
}

/** As many that hang as run at once at first; twice as many refusals. */
const WEIGHTS = { overload: 2, refusal: 1 };
const WEIGHT_UNTIL_FAILING = 6;
/** Each takes some hundredths of a second of CPU, which the other endpoints do without. */
const FAILURES_PER_SECOND = 8;
/** So many are saved up while none fails. */
const MOST_FAILURES = 32;
/** While more than this many are left, there is no reason to pace. */
const FAILURES_SPARE = 16;
const FIRST_PROBE_MS = 1_000;
const LONGEST_PROBE_MS = 300_000;

export function newHealth(): Health {
  return { failing: false, failures: 0, mayFail: newTokenBucket(), probeAt: 0, probes: 0 };
}

/** How many first attempts of an endpoint that is not failing may be about to be made; Infinity unless it is paced. */
export function paceOf(health: Health): number {
  const mayFail = fillBucket(health.mayFail, FAILURES_PER_SECOND, MOST_FAILURES);
  return mayFail > FAILURES_SPARE ? Infinity : mayFail;
}

/** Takes note of an attempt's outcome; whether the endpoint has begun to fail by it, or works again. */
export function recordOutcome(
  health: Health,
  attempt: { isFirst: boolean; outcome: Outcome },
): 'failing' | 'working' | undefined {
  if (attempt.outcome === 'success') {
    health.failures = 0;
    if (!health.failing) return undefined;
    changeTo(health, false);
    return 'working';
  }
  // That one delivery fails again and again says little of the others.
  if (!attempt.isFirst) return undefined;
  health.mayFail.tokens -= 1;
  health.failures += WEIGHTS[attempt.outcome];
  if (health.failing || health.failures < WEIGHT_UNTIL_FAILING) return undefined;
  changeTo(health, true);
  return 'failing';
}

/** It fails, or works, from now on. */
export function changeTo(health: Health, failing: boolean): void {
  health.failing = failing;
  health.failures = 0;
  health.probes = 0;
  health.probeAt = performance.now() + FIRST_PROBE_MS;
}

export function mayProbe(health: Health): boolean {
  return performance.now() >= health.probeAt;
}

/** A probe is about to go out: the next waits twice as long. */
export function beginProbe(health: Health): void {
  health.probeAt =
    performance.now() + Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** health.probes);
  health.probes += 1;
}

/** There was nothing to find it out by: the next may, within a second. */
export function undoProbe(health: Health): void {
  health.probes -= 1;
  health.probeAt = performance.now() + FIRST_PROBE_MS;
}
