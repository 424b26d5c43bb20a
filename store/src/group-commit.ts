/**
 * Group commit: calls that arrive while a transaction is under way wait
 * together for the next one, so that one synced commit serves them all. An idle
 * store starts at once; nobody waits for a timer.
 */
export interface GroupCommit<Item, Result> {
  /** Resolves once the transaction that holds `items` has been committed, with a result for each. */
  add(items: readonly Item[]): Promise<Result[]>;
}

interface Waiting<Item, Result> {
  items: readonly Item[];
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

/**
 * @param commit writes all items in one transaction and returns one result per item, in order.
 * @param limit a transaction takes no further call once it holds items that weigh this much
 *   together; each weighs 1 unless `weigh` says otherwise.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  limit: { maxWeight: number; weigh?: (item: Item) => number },
): GroupCommit<Item, Result> {
  const { maxWeight, weigh = () => 1 } = limit;
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        const results = await commit(group.flatMap((call) => [...call.items]));
        let offset = 0;
        for (const call of group) {
          call.resolve(results.slice(offset, offset + call.items.length));
          offset += call.items.length;
        }
      } catch (error) {
        for (const call of group) call.reject(error);
      }
    }
    running = false;
  }

  function takeGroup(): Waiting<Item, Result>[] {
    let weight = 0;
    let calls = 0;
    for (const call of waiting) {
      weight += call.items.reduce((sum, item) => sum + weigh(item), 0);
      if (calls > 0 && weight > maxWeight) break;
      calls += 1;
    }
    const group = waiting.slice(0, calls);
    waiting = waiting.slice(calls);
    return group;
  }

  return {
    add(items) {
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        if (!running) {
          running = true;
          // The calls of this turn of the event loop go into the first group.
          setImmediate(() => void drain());
        }
      });
    },
  };
}
