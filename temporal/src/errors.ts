import { types } from 'node:util';

export type TemporalErrorCode =
  | 'binary_not_found'
  | 'binary_refused'
  | 'port_taken'
  | 'data_folder_in_use'
  | 'server_failed'
  | 'server_stopped'
  | 'setting_invalid'
  /** By the server: it may be of another mind later. */
  | 'setting_refused'
  | 'namespace_unknown'
  | 'access_denied'
  | 'server_unreachable';

/** A failure that the caller can name; `code` is stable, the message says what to do. */
export class TemporalError extends Error {
  constructor(
    readonly code: TemporalErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TemporalError';
  }
}

/** The text of whatever was thrown, for a message to people. */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  // `fetch failed` says nothing by itself: the cause does.
  const cause = types.isNativeError(error.cause) ? ` (${error.cause.message})` : '';
  return error.message + cause;
}
