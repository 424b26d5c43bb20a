import type { Batch, Committer } from './committer';

/**
 * Group commit: calls that arrive while a transaction is under way wait
 * together for the next one, so that one synced commit serves them all. An idle
 * store starts at once; nobody waits for a timer.
 */
export interface GroupCommit<Item, Result> {
  /**
   * Resolves once the transaction that holds `items` has been committed, with a result for each. While the
   * database takes nothing (DatabaseUnavailable), what waits fails with what was tried, rather than after
   * a try of its own.
   */
  add(items: readonly Item[]): Promise<Result[]>;
}

interface Waiting<Item, Result> {
  items: readonly Item[];
  /** Of `performance.now()`. */
  since: number;
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

/** What is written for the calls of one group. */
export interface Group<Item, Result, On> {
  /** Writes all items and returns one result per item, in order. May run again, where the transaction did not come about. */
  write(on: On, items: Item[]): Promise<Result[]>;
  /** Called before the calls resolve. */
  committed?(): void;
  failed?(): void;
}

/**
 * @param group writes a group of calls; one at a time.
 * @param limit a transaction takes no further call once it holds items that weigh this much
 *   together; each weighs 1 unless `weigh` says otherwise.
 */
export function createGroupCommit<Item, Result, On>(
  committer: Committer<On>,
  group: Group<Item, Result, On>,
  limit: { maxWeight: number; weigh?: (item: Item) => number },
): GroupCommit<Item, Result> {
  const { maxWeight, weigh = () => 1 } = limit;
  let waiting: Waiting<Item, Result>[] = [];
  const announce = committer.enlist({ take: takeBatch, giveUp });

  function takeBatch(): Batch<On> | undefined {
    const calls = takeCalls();
    if (calls.length === 0) return undefined;
    let results: Result[] = [];
    return {
      async run(on) {
        results = await group.write(
          on,
          calls.flatMap((call) => [...call.items]),
        );
      },
      committed() {
        group.committed?.();
        let offset = 0;
        for (const call of calls) {
          call.resolve(results.slice(offset, offset + call.items.length));
          offset += call.items.length;
        }
      },
      failed(error) {
        group.failed?.();
        for (const call of calls) call.reject(error);
      },
    };
  }

  function takeCalls(): Waiting<Item, Result>[] {
    let weight = 0;
    let calls = 0;
    for (const call of waiting) {
      weight += call.items.reduce((sum, item) => sum + weigh(item), 0);
      if (calls > 0 && weight > maxWeight) break;
      calls += 1;
    }
    const taken = waiting.slice(0, calls);
    waiting = waiting.slice(calls);
    return taken;
  }

  function giveUp(since: number, error: unknown): void {
    const late = waiting.filter((call) => call.since < since);
    waiting = waiting.filter((call) => call.since >= since);
    for (const call of late) call.reject(error);
  }

  return {
    add(items) {
      return new Promise((resolve, reject) => {
        waiting.push({ items, since: performance.now(), resolve, reject });
        announce();
      });
    },
  };
}
