import type { DatabaseUnavailable } from '../errors';
import { copySqlite } from './copy-sqlite';
import type { SqliteConnection } from './sqlite-connection';
import { timestamp } from './timestamp';
import type { Trouble } from './trouble';

/**
 * Keeps what is open, and was answered, under another name once it has none any more:
 *
 * - *Saved*, as it is at first: there is nothing to do.
 * - *Saving*, from `begin` on: it is copied to a new file. When that has succeeded it is saved.
 * - *Unsaved*: it could not be copied. `tryAgain` makes it saving, to the same file, since the folder, or
 *   room, may be back; `giveUp` makes it saved, since what was open has its name again.
 */
export interface Rescue {
  begin(outage: DatabaseUnavailable): void;
  tryAgain(): void;
  giveUp(): void;
  isSaving(): boolean;
  /** Settles when what is being saved is saved, or cannot be. */
  settle(): Promise<void>;
}

interface Source {
  file: string;
  /** Has it open. */
  write: SqliteConnection;
  tell: (trouble: Trouble) => void;
}

export function createRescue({ file, write, tell }: Source): Rescue {
  let saving: Promise<void> | undefined;
  /** Where it is still to be saved to. */
  let unsaved: string | undefined;

  function copy(target: string, failed: (error: unknown) => void): void {
    saving = copySqlite(write.opened(), target, { turns: true })
      .then(
        () => {
          unsaved = undefined;
          tell({ level: 'warn', message: `saved the database to ${target}`, facts: { file } });
        },
        (error: unknown) => {
          unsaved = target;
          failed(error);
        },
      )
      .finally(() => (saving = undefined));
  }

  return {
    begin(outage) {
      const target = `${file}.saved-${timestamp()}`;
      const facts = { file, saving_to: target };
      tell({ level: 'error', message: advice(outage, target), facts });
      copy(target, (error) =>
        tell({
          level: 'error',
          message: `the database could not be saved to ${target}; trying on: do not end the process before it is`,
          facts: { ...facts, err: error },
        }),
      );
    },
    tryAgain() {
      if (unsaved !== undefined && saving === undefined) copy(unsaved, () => undefined);
    },
    giveUp: () => void (unsaved = undefined),
    isSaving: () => saving !== undefined,
    settle: async () => saving,
  };
}

function advice({ message }: DatabaseUnavailable, target: string): string {
  return (
    `${message} Nothing is accepted until what was open is back. What it has is saved to ${target}: ` +
    `stop CareerHooks, then \`careerhooks restore ${target}\` brings all of it back`
  );
}
