import { noSuchSystem } from '@careerhooks/systems';
import type { ProblemCode } from '../problems/catalogue';
import { type Issue, Problem } from '../problems/problem';

/** A problem of each code as a caller may get it. */
export function exampleProblem(code: ProblemCode): Problem {
  const { detail, issues } = EXAMPLES[code];
  return new Problem(code, detail, issues);
}

const EXAMPLES: Record<ProblemCode, { detail: string; issues?: Issue[] }> = {
  invalid_json: { detail: 'The body could not be read as JSON.' },
  unacceptable_json: { detail: 'Nest at most 64 objects and arrays.' },
  malformed_request: { detail: 'Send HTTP/1.1, as RFC 9112 has it.' },
  unauthorized: { detail: 'This token is not known, or was revoked.' },
  forbidden: { detail: 'This key lacks the scope "manage".' },
  not_found: { detail: 'There is no endpoint ep_0192f0c4.' },
  wrong_invitation: {
    detail: 'This link was used, was revoked, has expired, or is not whole. Ask for another one.',
  },
  url_taken: { detail: 'Change or delete the other endpoint, or choose another URL.' },
  idempotency_conflict: { detail: 'The id evt_1 was used for another event.' },
  endpoint_not_active: { detail: 'The endpoint is pending: its URL has to answer the challenge.' },
  delivery_finished: { detail: 'The delivery is delivered already.' },
  request_timeout: { detail: 'Send the headers within 10 s, all of it within 30 s.' },
  body_too_large: { detail: 'Send at most 1 MiB; split a batch of events.' },
  event_too_large: {
    detail:
      'This event would be sent as a body of 1 MiB and 7 bytes, its envelope included; 1 MiB is the most. Send less, or a link to it.',
    issues: [{ path: 'data', message: '7 bytes too large' }],
  },
  unsupported_media_type: {
    detail: 'Send a JSON body with "Content-Type: application/json".',
  },
  invalid_request: {
    detail: 'limit must be at most 200.',
    issues: [{ path: 'limit', message: 'must be at most 200' }],
  },
  unknown_system: { detail: noSuchSystem('blog') },
  unknown_event_type: {
    detail: 'RoleReady has no event types that match blog.*. GET /v1/systems lists them.',
    issues: [{ path: 'events', message: 'Nothing matches blog.*' }],
  },
  invalid_event_data: {
    detail: 'In the data of resume.parsed, resumeId is missing.',
    issues: [{ path: 'data.resumeId', message: 'is missing' }],
  },
  duplicate_key: {
    detail: 'The key data.total is there twice. Send it once.',
    issues: [{ path: 'data.total', message: 'The same key is there twice' }],
  },
  inexact_number: {
    detail:
      "RoleReady's receivers verify what JavaScript makes of a body, which would be another number at data.total. Send it as a string.",
    issues: [{ path: 'data.total', message: 'JavaScript cannot hold this number: send a string' }],
  },
  invalid_url: { detail: 'The URL must begin with https:// or http://.' },
  private_address: { detail: 'The URL leads to 10.0.0.1, which is not a public address.' },
  wrong_challenge: { detail: 'Take "challenge" from the newest request to the URL.' },
  cv_change_refused: { detail: 'There is no section "hobby". (change wh_20261124_093000_abc)' },
  rate_limited: {
    detail: 'Wait as long as Retry-After says; publish several events in one request.',
  },
  headers_too_large: { detail: 'Send at most 100 headers.' },
  token_unverifiable: { detail: "The keys of the product's tokens could not be fetched." },
  cv_theme_failed: {
    detail:
      "The theme jsonresume-theme-example made no page: TypeError: Cannot read properties of undefined (reading 'substr')",
  },
  internal_error: { detail: 'Try again; if it stays, see the log.' },
  database_unavailable: { detail: 'Try again in a moment.' },
};
