import { createCommitter } from '../../../store/src/committer';
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
