import { createCommitter } from '../../../store/src/committer';
import { DatabaseUnavailable } from '../../../store/src/errors';
import { createGroupCommit, type GroupCommit } from '../../../store/src/group-commit';

function groupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  limit: { maxWeight: number; weigh?: (item: Item) => number },
): GroupCommit<Item, Result> {
  const committer = createCommitter<undefined>((work) => work(undefined), 0);
  return createGroupCommit(committer, { write: (_, items) => write(items) }, limit);
}

describe('group commit', () => {
  /** A database whose commits end when the test says so. */
  function controlled() {
    const groups: string[][] = [];
    const ends: { resolve(): void; reject(error: Error): void }[] = [];
    const commit = (items: string[]) =>
      new Promise<string[]>((resolve, reject) => {
        groups.push(items);
        ends.push({ resolve: () => resolve(items.map((item) => item.toUpperCase())), reject });
      });
    return { groups, ends, commit };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('calls of one turn share the first group; those that come meanwhile, the next', async () => {
    const { groups, ends, commit } = controlled();
    const commits = groupCommit(commit, { maxWeight: 10 });
    const first = [commits.add(['a', 'b']), commits.add(['c'])];
    await turn();
    const second = [commits.add(['d']), commits.add([]), commits.add(['e', 'f'])];
    await turn();
    expect(groups).toEqual([['a', 'b', 'c']]);

    ends[0]!.resolve();
    expect(await Promise.all(first)).toEqual([['A', 'B'], ['C']]);
    expect(groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
    ends[1]!.resolve();
    expect(await Promise.all(second)).toEqual([['D'], [], ['E', 'F']]);
  });

  test('an idle one starts again', async () => {
    const commits = groupCommit((items: number[]) => Promise.resolve(items), {
      maxWeight: 1,
    });
    expect(await commits.add([1])).toEqual([1]);
    await turn();
    expect(await commits.add([2])).toEqual([2]);
  });

  test('an error reaches the calls of its group, and no others', async () => {
    const { ends, commit } = controlled();
    const commits = groupCommit(commit, { maxWeight: 10 });
    const failing = [commits.add(['a']), commits.add(['b'])];
    await turn();
    const next = commits.add(['c']);
    const error = new Error('disk full');
    ends[0]!.reject(error);
    const outcomes = await Promise.allSettled(failing);
    expect(outcomes).toEqual(Array(2).fill({ status: 'rejected', reason: error }));
    await turn();
    ends[1]!.resolve();
    expect(await next).toEqual(['C']);
  });

  test('an error that is thrown at once is one like any other', async () => {
    const commits = groupCommit<string, string>(
      () => {
        throw new Error('closed');
      },
      { maxWeight: 10 },
    );
    await expect(commits.add(['a'])).rejects.toThrow('closed');
    await expect(commits.add(['b'])).rejects.toThrow('closed');
  });

  test('a group holds what the limit allows, but always one whole call', async () => {
    const groups: string[][] = [];
    const commits = groupCommit(
      (items: string[]) => {
        groups.push(items);
        return Promise.resolve(items);
      },
      { maxWeight: 3 },
    );
    await Promise.all(
      [['a', 'b'], ['c'], ['d'], ['e', 'f', 'g', 'h'], ['i']].map((items) => commits.add(items)),
    );
    expect(groups).toEqual([['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h'], ['i']]);
  });

  test('items may weigh more than one', async () => {
    const groups: string[][] = [];
    const commits = groupCommit(
      (items: string[]) => {
        groups.push(items);
        return Promise.resolve(items);
      },
      { maxWeight: 5, weigh: (item) => item.length },
    );
    await Promise.all(
      [['four'], ['x'], ['yy', 'zz'], ['much too long']].map((items) => commits.add(items)),
    );
    expect(groups).toEqual([['four', 'x'], ['yy', 'zz'], ['much too long']]);
  });

  test('group commits of one store share transactions; one that cannot be written fails alone', async () => {
    const transactions: string[][] = [];
    const committer = createCommitter<string[]>((work) => {
      const log: string[] = [];
      transactions.push(log);
      return work(log);
    });
    const note =
      (fails?: string) =>
      (on: string[], items: string[]): Promise<string[]> => {
        on.push(...items);
        return items.includes(fails ?? '')
          ? Promise.reject(new Error('bad'))
          : Promise.resolve(items);
      };
    const settled: string[] = [];
    const accepts = createGroupCommit(
      committer,
      { write: note(), committed: () => settled.push('committed') },
      { maxWeight: 10 },
    );
    const records = createGroupCommit(
      committer,
      { write: note('poison'), failed: () => settled.push('failed') },
      { maxWeight: 10 },
    );

    await Promise.all([accepts.add(['a']), records.add(['r'])]);
    expect(transactions).toEqual([['a', 'r']]);

    const [accepted, recorded] = await Promise.allSettled([
      accepts.add(['b']),
      records.add(['poison']),
    ]);
    expect(accepted.status).toBe('fulfilled');
    expect(recorded.status).toBe('rejected');
    expect(transactions.slice(1)).toEqual([['b', 'poison'], ['b'], ['poison']]);
    expect(settled).toEqual(['committed', 'committed', 'failed']);
  });
});

test('under load a transaction begins some milliseconds after the one before, and takes along what came', async () => {
  const groups: string[][] = [];
  const committer = createCommitter<undefined>((work) => work(undefined), 50);
  const commits = createGroupCommit<string, string, undefined>(
    committer,
    {
      write(_, items) {
        groups.push(items);
        return Promise.resolve(items);
      },
    },
    { maxWeight: 10 },
  );
  await commits.add(['a']);
  const later = [commits.add(['b'])];
  await new Promise((resolve) => setTimeout(resolve, 5));
  later.push(commits.add(['c']));
  await Promise.all(later);
  expect(groups).toEqual([['a'], ['b', 'c']]);
});

describe('while the database takes nothing', () => {
  const hangs = new DatabaseUnavailable('hangs', 'No answer within 3 s');
  const refused = (times: number) =>
    Array<unknown>(times).fill({ status: 'rejected', reason: hangs });
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** A database each of whose transactions fails, after as long as the test says. */
  function out() {
    const transactions: string[][] = [];
    const ends: (() => void)[] = [];
    const committer = createCommitter<string[]>(async (work) => {
      const log: string[] = [];
      transactions.push(log);
      await work(log);
      await new Promise<void>((_, reject) => ends.push(() => reject(hangs)));
    }, 0);
    const source = () =>
      createGroupCommit<string, string, string[]>(
        committer,
        {
          write(on, items) {
            on.push(...items);
            return Promise.resolve(items);
          },
        },
        { maxWeight: 10 },
      );
    async function failAfter(ms: number) {
      jest.advanceTimersByTime(ms);
      ends.shift()?.();
      await turn();
    }
    return { transactions, failAfter, source };
  }

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('what waited behind a transaction that hung fails with it; what comes then is tried', async () => {
    const { transactions, failAfter, source } = out();
    const commits = source();
    const first = commits.add(['a']);
    await turn();
    jest.advanceTimersByTime(1_000);
    const behind = [commits.add(['b']), commits.add(['c'])];
    const settled = Promise.allSettled([first, ...behind]);
    await failAfter(2_000);
    expect(await settled).toEqual(refused(3));
    expect(transactions).toEqual([['a']]);

    const after = Promise.allSettled([commits.add(['d'])]);
    await turn();
    expect(transactions).toEqual([['a'], ['d']]);
    await failAfter(3_000);
    expect(await after).toEqual(refused(1));
  });

  test('what waited behind one that failed soon is tried, as long as nobody waits for more than 3 s', async () => {
    const { transactions, failAfter, source } = out();
    const commits = source();
    const first = Promise.allSettled([commits.add(['a'])]);
    await turn();
    const second = Promise.allSettled([commits.add(['b'])]);
    await failAfter(1_200);
    expect(await first).toEqual(refused(1));
    expect(transactions).toEqual([['a'], ['b']]);

    // Were the next one to take as long again, one of those that wait would do so for 3.5 s.
    jest.advanceTimersByTime(300);
    const long = Promise.allSettled([commits.add(['c'])]);
    jest.advanceTimersByTime(1_500);
    const short = Promise.allSettled([commits.add(['d'])]);
    await failAfter(100);
    expect(await second).toEqual(refused(1));
    await failAfter(0);
    expect(await long).toEqual(refused(1));
    expect(transactions).toEqual([['a'], ['b'], ['d']]);
    expect(await short).toEqual(refused(1));
  });

  test('those that share a transaction fail together: each alone would take as long again', async () => {
    const { transactions, failAfter, source } = out();
    const [accepts, records] = [source(), source()];
    const both = Promise.allSettled([accepts.add(['a']), records.add(['r'])]);
    await turn();
    const behind = Promise.allSettled([records.add(['s'])]);
    await failAfter(3_000);
    expect(await both).toEqual(refused(2));
    expect(await behind).toEqual(refused(1));
    expect(transactions).toEqual([['a', 'r']]);
  });

  test('one that comes while those that share a transaction are tried alone ends that', async () => {
    const tried: string[] = [];
    const committer = createCommitter<string[]>(async (work) => {
      const log: string[] = [];
      await work(log);
      tried.push(log.join());
      throw log.length > 1 ? new Error('bad') : hangs;
    }, 0);
    const sources = ['a', 'b', 'c'].map((name) =>
      createGroupCommit<string, string, string[]>(
        committer,
        {
          write(on, items) {
            on.push(...items);
            return Promise.resolve(items);
          },
        },
        { maxWeight: 10 },
      ).add([name]),
    );
    expect(await Promise.allSettled(sources)).toEqual(refused(3));
    expect(tried).toEqual(['a,b,c', 'a']);
  });
});
