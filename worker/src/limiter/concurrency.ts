/**
 * How many attempts at one endpoint run at once; the others wait here for their turn.
 *
 * The limit follows the receiver, from 3 on:
 * - a success while all are in use: one more, up to 128;
 * - slow to fail (a timeout, 429, 5xx, no connection): half as many, once a second at most;
 * - the endpoint began to fail: 1, and what waits is given up.
 */
export interface Concurrency {
  limit: number;
  running: number;
  waiting: ((turn: boolean) => void)[];
  /** When the limit was last halved, by `performance.now()`: failures come together. */
  halvedAt: number;
}

/** So many run at once while nothing is known of the receiver. */
export const FIRST_LIMIT = 3;
const HIGHEST_LIMIT = 128;
const HALVE_EVERY_MS = 1_000;

export function newConcurrency(): Concurrency {
  return { limit: FIRST_LIMIT, running: 0, waiting: [], halvedAt: -Infinity };
}

/** Runs `work` when it is its turn; undefined where the turn was given up before. */
export async function runInTurn<Result>(
  concurrency: Concurrency,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  if (!(await turnOf(concurrency))) return undefined;
  try {
    return await work();
  } finally {
    concurrency.running -= 1;
    giveTurns(concurrency);
  }
}

/** Whether it has got its turn, and counts as running. */
function turnOf(concurrency: Concurrency): Promise<boolean> | boolean {
  if (concurrency.running < concurrency.limit) {
    concurrency.running += 1;
    return true;
  }
  return new Promise((resolve) => concurrency.waiting.push(resolve));
}

/** To those that have waited longest. */
function giveTurns(concurrency: Concurrency): void {
  while (concurrency.running < concurrency.limit) {
    const give = concurrency.waiting.shift();
    if (give === undefined) return;
    concurrency.running += 1;
    give(true);
  }
}

/** Nothing that waits gets its turn any more. */
export function giveUpTurns(concurrency: Concurrency): void {
  for (const giveUp of concurrency.waiting.splice(0)) giveUp(false);
}

/** An attempt has succeeded. */
export function raiseLimit(concurrency: Concurrency): void {
  const inUse = concurrency.running >= concurrency.limit;
  if (inUse && concurrency.limit < HIGHEST_LIMIT) concurrency.limit += 1;
}

/** An attempt was slow to fail. */
export function halveLimit(concurrency: Concurrency): void {
  if (performance.now() - concurrency.halvedAt < HALVE_EVERY_MS) return;
  concurrency.halvedAt = performance.now();
  concurrency.limit = Math.max(1, Math.floor(concurrency.limit / 2));
}

/** The endpoint has begun to fail: one that comes back begins with one at a time. */
export function resetLimit(concurrency: Concurrency): void {
  concurrency.limit = 1;
  giveUpTurns(concurrency);
}
