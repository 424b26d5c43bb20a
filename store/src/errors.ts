export type StoreErrorCode =
  | 'master_key_invalid'
  | 'master_key_unknown'
  | 'sealed_value_damaged'
  | 'idempotency_conflict'
  | 'database_unusable'
  /** It is not there, or has no tables of ours, and was not to be made. */
  | 'database_missing'
  /** It is of an older version, and was not to be brought up to date. */
  | 'database_outdated'
  | 'database_unavailable'
  | 'data_folder_in_use'
  /** There is a file where a backup is to be. */
  | 'backup_exists'
  | 'url_taken';

/** A failure that the caller can name; `code` is stable. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/**
 * What keeps a database from taking anything:
 *
 * - `away`: it does not answer, or is starting or stopping;
 * - `read_only`: it is a standby, or was made read-only;
 * - `superseded`: it is a former primary, whose successor is known;
 * - `locked`: what is needed is locked by somebody else;
 * - `hangs`: it has not answered in time, a commit that waits for its standby among others;
 * - `full`: it has no room, or no connection, left;
 * - `replaced`: its files are not those that were opened;
 * - `damaged`: its files are malformed.
 */
export const OUTAGES = [
  'away',
  'read_only',
  'superseded',
  'locked',
  'hangs',
  'full',
  'replaced',
  'damaged',
] as const;

export type Outage = (typeof OUTAGES)[number];

/**
 * The database takes nothing at the moment. What was asked of it may have been done all the same, where
 * the answer to a commit was lost. `cause` is the first error that it met.
 */
export class DatabaseUnavailable extends StoreError {
  constructor(
    readonly outage: Outage,
    message: string,
    options?: ErrorOptions,
  ) {
    super('database_unavailable', message, options);
  }
}
