/** A value that both databases take as a binding. */
export type Value = string | number | boolean | null;

/**
 * What statements run on: a database, or a transaction that is open on one. Where the database, and not
 * the statement, is what fails, they throw DatabaseUnavailable.
 */
export interface Sql {
  /** Statements of a transaction are not tried again one by one. */
  readonly isTransaction: boolean;
  /**
   * Runs one statement with `?` bindings; gives its rows, those of RETURNING too.
   *
   * @param limit.withinMs how long it may take, where it only reads; as of a transaction.
   */
  run(sql: string, bindings?: readonly Value[], limit?: { withinMs?: number }): Promise<unknown[]>;
}

export interface Database extends Sql {
  /**
   * Commits what `work` did, unless it throws; then nothing of it stays.
   *
   * @param limit.withinMs how long all of it may take, in milliseconds: after that it is rejected, and
   *   was committed or not. SQLite answers at once, and has no limit.
   */
  transaction<Result>(
    work: (transaction: Sql) => Promise<Result>,
    limit?: { withinMs?: number },
  ): Promise<Result>;
  /** After what runs. */
  close(): Promise<void>;
}
