/**
 * Every problem that the native API answers with: a stable code, its status and
 * a title (RFC 9457). `docs/errors.md` is made from this list.
 */
export const PROBLEMS = {
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  unacceptable_json: {
    status: 400,
    title: 'The JSON is nested too deeply, or has a key "__proto__"',
  },
  malformed_request: { status: 400, title: 'This is not HTTP' },
  unauthorized: { status: 401, title: 'The bearer token is missing or wrong' },
  forbidden: { status: 403, title: 'This token may not do that' },
  not_found: { status: 404, title: 'There is no such thing, or this token may not see it' },
  wrong_invitation: {
    status: 404,
    title: 'The invitation is not known, was used or revoked, or has expired',
  },
  url_taken: { status: 409, title: 'The owner has another endpoint at this URL' },
  idempotency_conflict: {
    status: 409,
    title: 'The id or Idempotency-Key was used for another event',
  },
  endpoint_not_active: { status: 409, title: 'The endpoint gets nothing at the moment' },
  delivery_finished: { status: 409, title: 'The delivery is finished' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  body_too_large: { status: 413, title: 'The body is larger than it may be' },
  event_too_large: { status: 413, title: 'The event would be sent as a body larger than 1 MiB' },
  unsupported_media_type: { status: 415, title: 'The body is not application/json' },
  invalid_request: { status: 422, title: 'The request is not as documented' },
  unknown_system: { status: 422, title: 'There is no such system' },
  unknown_event_type: { status: 422, title: 'The system has no such event type' },
  invalid_event_data: { status: 422, title: "The event's data is not as documented" },
  duplicate_key: { status: 422, title: 'An object has the same key twice' },
  inexact_number: {
    status: 422,
    title: "The system's receivers cannot be sent this number as it is",
  },
  invalid_url: { status: 422, title: 'The URL cannot be delivered to' },
  private_address: { status: 422, title: 'The URL leads to an address that is not public' },
  wrong_challenge: { status: 422, title: 'The challenge token is not the one that was sent' },
  cv_change_refused: { status: 422, title: 'The CV cannot take this change' },
  rate_limited: { status: 429, title: 'There were too many requests' },
  headers_too_large: { status: 431, title: 'There are too many headers, or too large ones' },
  token_unverifiable: {
    status: 503,
    title: "The keys that verify the product's tokens cannot be fetched",
  },
  cv_theme_failed: { status: 500, title: "The CV's theme made no page" },
  internal_error: { status: 500, title: 'Something broke on our side' },
  database_unavailable: {
    status: 503,
    title: 'The database does not answer',
  },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
