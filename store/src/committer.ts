import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs transactions one after the other, each with what has come together by
 * then. SQLite has one writer anyway, so there all of a store's group commits
 * share one committer: what is accepted and what is recorded at the same time
 * costs one synced commit.
 */
export interface Committer<On> {
  /** Returns what to call whenever `take` has something to give. */
  enlist(take: () => Batch<On> | undefined): () => void;
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

/** @param transact runs `work` in one transaction, and again where it has to. */
export function createCommitter<On>(
  transact: (work: (on: On) => Promise<void>) => Promise<void>,
  paceMs = PACE_MS,
): Committer<On> {
  const sources: (() => Batch<On> | undefined)[] = [];
  let running = false;

  async function drain(): Promise<void> {
    for (;;) {
      const batches = sources.flatMap((take) => take() ?? []);
      if (batches.length === 0) break;
      const nextAt = performance.now() + paceMs;
      await commit(batches);
      const early = nextAt - performance.now();
      if (early > 0) await sleep(early);
    }
    running = false;
  }

  /** One that cannot be written does not fail the others. */
  async function commit(batches: readonly Batch<On>[]): Promise<void> {
    try {
      await transact(async (on) => {
        for (const batch of batches) await batch.run(on);
      });
    } catch (error) {
      if (batches.length === 1) for (const batch of batches) batch.failed(error);
      else for (const batch of batches) await commit([batch]);
      return;
    }
    for (const batch of batches) batch.committed();
  }

  return {
    enlist(take) {
      sources.push(take);
      return () => {
        if (running) return;
        running = true;
        // The calls of this turn of the event loop go into the first transaction.
        setImmediate(() => void drain());
      };
    },
  };
}
