import { createCommitter } from '../committer';
import { createGroupCommit } from '../group-commit';
import { type ApiKeyState, type EndpointState, formatEntry } from './entry';
import { appendJournal } from './journal-file';

/** At most this many states in one append. */
const MAX_STATES = 500;

/**
 * The file that keeps registrations and keys beside the database, in case that is restored from a
 * backup, or fails over to a copy that is behind.
 */
export interface Journal {
  path: string;
  /** Which database it is of. */
  database: string;
  /**
   * Appends these states, which have been committed; resolves when they are on the disk. Those that
   * come together share one synced write.
   */
  append(states: readonly (EndpointState | ApiKeyState)[]): Promise<void>;
  /** Runs `work` while this process appends nothing; what is to be appended meanwhile follows it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** @param path the file; it is made by the first start or change. */
export function createJournal(path: string, database: string): Journal {
  let last: Promise<unknown> = Promise.resolve();

  function alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  const appends = createGroupCommit<EndpointState | ApiKeyState, undefined, undefined>(
    createCommitter((work) => alone(() => work(undefined))),
    {
      write: async (_, states) => {
        const lines = states.map((state) => formatEntry({ database, ...state }));
        await appendJournal(path, lines.join(''));
        return states.map(() => undefined);
      },
    },
    { maxWeight: MAX_STATES },
  );
  return {
    path,
    database,
    alone,
    async append(states) {
      if (states.length > 0) await appends.add(states);
    },
  };
}
