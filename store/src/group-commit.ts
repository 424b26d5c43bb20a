import type { Batch, Committer } from './committer';

/**
 * Group commit: calls that arrive while a transaction is under way wait
 * together for the next one, so that one synced commit serves them all. An idle
 * store starts at once; nobody waits for a timer.
 *
 * A call is *waiting* from `add` on. It is *taken* into the next transaction that has room for it, the
 * oldest first, which *settles* it: with its results where it was committed, with its error where not.
 * While the database takes nothing, one that has waited for too long fails without having been taken.
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

/** The calls of a group commit that wait, the oldest first, and what is to become of them. */
interface Queue<Item, Result, On> {
  waiting: Waiting<Item, Result>[];
  readonly group: Group<Item, Result, On>;
  readonly maxWeight: number;
  readonly weigh: (item: Item) => number;
}

/**
 * @param group writes a group of calls; one at a time.
 * @param limit a transaction takes no further call once it holds items that weigh this much
 *   together; each weighs 1 unless `weigh` says otherwise.
 */
export function createGroupCommit<Item, Result, On>(
  committer: Committer<On>,
  group: Group<Item, Result, On>,
  { maxWeight, weigh = () => 1 }: { maxWeight: number; weigh?: (item: Item) => number },
): GroupCommit<Item, Result> {
  const queue: Queue<Item, Result, On> = { waiting: [], group, maxWeight, weigh };
  const announce = committer.enlist({
    take: () => takeBatch(queue),
    giveUp: (since, error) => giveUp(queue, since, error),
  });
  return {
    add(items) {
      return new Promise((resolve, reject) => {
        queue.waiting.push({ items, since: performance.now(), resolve, reject });
        announce();
      });
    },
  };
}

function takeBatch<Item, Result, On>(queue: Queue<Item, Result, On>): Batch<On> | undefined {
  const { group } = queue;
  const calls = takeCalls(queue);
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

function takeCalls<Item, Result, On>(queue: Queue<Item, Result, On>): Waiting<Item, Result>[] {
  const { waiting, maxWeight, weigh } = queue;
  let weight = 0;
  let calls = 0;
  for (const call of waiting) {
    weight += call.items.reduce((sum, item) => sum + weigh(item), 0);
    if (calls > 0 && weight > maxWeight) break;
    calls += 1;
  }
  queue.waiting = waiting.slice(calls);
  return waiting.slice(0, calls);
}

function giveUp<Item, Result, On>(
  queue: Queue<Item, Result, On>,
  since: number,
  error: unknown,
): void {
  const late = queue.waiting.filter((call) => call.since < since);
  queue.waiting = queue.waiting.filter((call) => call.since >= since);
  for (const call of late) call.reject(error);
}
