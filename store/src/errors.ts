export type StoreErrorCode =
  | 'master_key_invalid'
  | 'master_key_unknown'
  | 'sealed_value_damaged'
  | 'idempotency_conflict'
  | 'database_unusable'
  | 'data_folder_in_use'
  | 'url_taken';

/** A failure that the caller can name; `code` is stable. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'StoreError';
  }
}
