/** A value that both databases take as a binding. */
export type Value = string | number | boolean | null;

/** What statements run on: a database, or a transaction that is open on one. */
export interface Sql {
  /** Statements of a transaction are not tried again one by one. */
  readonly isTransaction: boolean;
  /** Runs one statement with `?` bindings; gives its rows, those of RETURNING too. */
  run(sql: string, bindings?: readonly Value[]): Promise<unknown[]>;
}

export interface Database extends Sql {
  /** Commits what `work` did, unless it throws; then nothing of it stays. */
  transaction<Result>(work: (transaction: Sql) => Promise<Result>): Promise<Result>;
  /** After what runs. */
  close(): Promise<void>;
}
