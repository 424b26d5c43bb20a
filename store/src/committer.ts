import type { Knex } from 'knex';
import { inTransaction } from './sql';
import type { Store } from './store';

/**
 * Runs transactions one after the other, each with what has come together by
 * then. SQLite has one writer anyway, so there all of a store's group commits
 * share one committer: what is accepted and what is recorded at the same time
 * costs one synced commit.
 */
export interface Committer {
  /** Returns what to call whenever `take` has something to give. */
  enlist(take: () => Batch | undefined): () => void;
}

/** A part of a transaction. */
export interface Batch {
  /** May run more than once: a transaction that did not come about is tried again. */
  run(on: Knex): Promise<void>;
  committed(): void;
  failed(error: unknown): void;
}

export function createCommitter(store: Pick<Store, 'write'>): Committer {
  const sources: (() => Batch | undefined)[] = [];
  let running = false;

  async function drain(): Promise<void> {
    for (;;) {
      const batches = sources.flatMap((take) => take() ?? []);
      if (batches.length === 0) break;
      await commit(batches);
    }
    running = false;
  }

  /** One that cannot be written does not fail the others. */
  async function commit(batches: readonly Batch[]): Promise<void> {
    try {
      await inTransaction(store, async (transaction) => {
        for (const batch of batches) await batch.run(transaction);
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
