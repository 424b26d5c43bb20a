import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from './errors';

/**
 * Runs transactions one after the other, each with what has come together by
 * then. SQLite has one writer anyway, so there all of a store's group commits
 * share one committer: what is accepted and what is recorded at the same time
 * costs one synced commit.
 *
 * - *Idle*: no source has anything. When one says that it has, the committer runs, from the end of this
 *   turn of the event loop on.
 * - *Running*: it takes a batch of each source and commits them together, again and again, until none
 *   gives any: it is idle. What keeps them from being committed together is looked for by committing each
 *   by itself; where it is that the database takes nothing, all of them fail at once, and so does what has
 *   waited for too long.
 */
export interface Committer<On> {
  /** Returns what to call whenever the source has something to give. */
  enlist(source: Source<On>): () => void;
}

/** Where the parts of transactions come from. */
interface Source<On> {
  take(): Batch<On> | undefined;
  /** Fails what has waited since before `since` (of `performance.now()`). */
  giveUp(since: number, error: DatabaseUnavailable): void;
}

/** A part of a transaction. */
export interface Batch<On> {
  /** May run more than once: a transaction that did not come about is tried again. */
  run(on: On): Promise<void>;
  committed(): void;
  failed(error: unknown): void;
}

/**
 * From the beginning of one transaction to that of the next, in milliseconds. A
 * transaction costs about as much as ten events in it: under load it pays to wait
 * for some. The first after a pause begins at once.
 */
const PACE_MS = 4;

/**
 * How long a call may wait, in milliseconds, while the database takes nothing: as long as a transaction
 * on PostgreSQL. What would have to wait longer, should the next transaction take as long as the one that
 * has just failed, fails with it.
 */
const PATIENCE_MS = 3_000;

/** A committer's sources, and how it commits what they give. */
interface Commits<On> {
  readonly sources: Source<On>[];
  readonly transact: Transact<On>;
  readonly paceMs: number;
  running: boolean;
}

type Transact<On> = (work: (on: On) => Promise<void>) => Promise<void>;

/** @param transact runs `work` in one transaction, and again where it has to. */
export function createCommitter<On>(transact: Transact<On>, paceMs = PACE_MS): Committer<On> {
  const commits: Commits<On> = { sources: [], transact, paceMs, running: false };
  return {
    enlist(source) {
      commits.sources.push(source);
      return () => {
        if (commits.running) return;
        commits.running = true;
        // The calls of this turn of the event loop go into the first transaction.
        setImmediate(() => void drain(commits));
      };
    },
  };
}

async function drain<On>(commits: Commits<On>): Promise<void> {
  const { sources, transact, paceMs } = commits;
  for (;;) {
    const batches = sources.flatMap((source) => source.take() ?? []);
    if (batches.length === 0) break;
    const beganAt = performance.now();
    const outage = await commit(transact, batches);
    if (outage !== undefined) giveUp(sources, outage, performance.now() - beganAt);
    const early = beganAt + paceMs - performance.now();
    if (early > 0) await sleep(early);
  }
  commits.running = false;
}

/** One that cannot be written does not fail the others; a database that takes nothing is not asked for each. */
async function commit<On>(
  transact: Transact<On>,
  batches: readonly Batch<On>[],
): Promise<DatabaseUnavailable | undefined> {
  try {
    await transact(async (on) => {
      for (const batch of batches) await batch.run(on);
    });
  } catch (error) {
    if (batches.length === 1 || error instanceof DatabaseUnavailable) {
      for (const batch of batches) batch.failed(error);
      return error instanceof DatabaseUnavailable ? error : undefined;
    }
    return commitEach(transact, batches);
  }
  for (const batch of batches) batch.committed();
  return undefined;
}

async function commitEach<On>(
  transact: Transact<On>,
  batches: readonly Batch<On>[],
): Promise<DatabaseUnavailable | undefined> {
  let outage: DatabaseUnavailable | undefined;
  for (const batch of batches) {
    if (outage === undefined) outage = await commit(transact, [batch]);
    else batch.failed(outage);
  }
  return outage;
}

function giveUp<On>(
  sources: readonly Source<On>[],
  outage: DatabaseUnavailable,
  tookMs: number,
): void {
  const since = performance.now() + tookMs - PATIENCE_MS;
  for (const source of sources) source.giveUp(since, outage);
}
