import { type Committer, createCommitter } from './committer';
import type { Sql } from './databases/database';
import { inTransaction } from './sql';
import type { Store } from './store';

/** How long whoever publishes waits for the database, in milliseconds. */
export const ACCEPT_MS = 3_000;

/** Where a store's group commits are made. */
export function committerOf(store: Store): Committer<Sql> {
  return (
    store.committer ??
    createCommitter((work) => inTransaction(store, work, { withinMs: ACCEPT_MS }))
  );
}
