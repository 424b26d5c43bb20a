/** How long a statement that writes, a commit, or the wait for a connection may take, in milliseconds. */
export const ANSWER_MS = 3_000;
/** How long a statement of a transaction, or one that reads, may take. */
export const STATEMENT_MS = 6_000;
/** How long a transaction may take in all, unless it is given less. */
export const TRANSACTION_MS = 60_000;
/** A schema may take long to be brought up to date. */
export const OPENING_MS = 24 * 3_600_000;

/** Until it is done, a statement (a migration's, say) may take as long as it needs. */
export interface Opening {
  readonly done: boolean;
}

/** How long what may take so many milliseconds may take now. */
export function atMost({ done }: Opening, milliseconds: number): number {
  return done ? milliseconds : OPENING_MS;
}

/** Why a connection is broken off whose answer has not come in time. */
export const TOO_LONG = 'it took too long';
