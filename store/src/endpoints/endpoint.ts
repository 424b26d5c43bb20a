import type { DeliveryErrorCode } from '@careerhooks/systems';

/**
 * - `pending`: its URL has not answered the challenge yet; deliveries are held.
 * - `active`: deliveries go out.
 * - `paused`: deliveries are held until it is resumed.
 * - `disabled`: it gets nothing; `statusReason` says why.
 * - `detached`: its owner took it back; deliveries are held until `endsAt`, when it is deleted with
 *   what it holds, unless it is registered again before.
 */
export type EndpointStatus = 'pending' | 'active' | 'paused' | 'disabled' | 'detached';

/** Who registered an endpoint, in the words of the client that did. */
export interface Registrant {
  /** The program: `n8n`. */
  client: string;
  /** Which of its installations. */
  instance?: string | undefined;
  /** What there, for people. */
  label?: string | undefined;
  /** Where people find it. */
  url?: string | undefined;
}

/** Whose retry schedule an endpoint follows: its system's document, or Standard Webhooks' within 24 h. */
export type ScheduleChoice = 'system' | 'extended';

/** An endpoint without its secrets. */
export interface Endpoint {
  id: string;
  system: string;
  /** The one user whose events it gets; null for all of the system's users. */
  user: string | null;
  /** As its owner gave it last; compared by `urlKey`. */
  url: string;
  description: string | null;
  /** Event types and wildcards, such as `resume.*`. */
  events: string[];
  status: EndpointStatus;
  statusReason: string | null;
  schedule: ScheduleChoice;
  /** Null for the system's own. */
  timeoutMs: number | null;
  /** Null for the schedule's own. */
  maxRetries: number | null;
  /** One delivery at a time, in the order of the events. */
  ordered: boolean;
  /** What its destination takes beside the URL (a webhook: extra headers), as a sealed JSON object. */
  settingsSealed: string | null;
  /** Sealed text that its URL must echo; null where no challenge was asked for. */
  challengeSealed: string | null;
  verificationAttempts: number;
  /** Code of what was wrong with the last try of the challenge, and the same for people. */
  verificationError: DeliveryErrorCode | null;
  verificationErrorMessage: string | null;
  /** What the URL answered to it, without the challenge's text. */
  verificationStatusCode: number | null;
  verificationAnswerExcerpt: string | null;
  verificationDeadline: number | null;
  verifiedAt: number | null;
  /** Since when its deliveries wait in the database and are pulled as it bears them. */
  backlogSince: number | null;
  /** Since when it has done nothing but fail. */
  failingSince: number | null;
  /** Deliveries a second that it wants at most. */
  ratePerSecond: number | null;
  /** What its owner calls the registration, whatever its URL. */
  identity: string | null;
  registeredBy: Registrant | null;
  /** Id of the API key that it was registered with last; null for the admin's token and others. */
  registeredKey: string | null;
  /** Since when that key is revoked; read by `getEndpoint` and `listEndpoints` alone. */
  keyRevokedAt: number | null;
  /** When it was registered last. */
  confirmedAt: number;
  /** When it is deleted by itself, being detached or registered for a while; null for never. */
  endsAt: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface EndpointRow {
  id: string;
  system: string;
  user_id: string | null;
  url: string;
  url_key: string | null;
  url_twin: number;
  description: string | null;
  events: string;
  status: string;
  status_reason: string | null;
  schedule: string;
  timeout_ms: number | null;
  max_retries: number | null;
  ordered: number;
  /** Settings of any destination, of which extra headers were the first. */
  headers_sealed: string | null;
  challenge_sealed: string | null;
  verification_attempts: number;
  verification_error: string | null;
  verification_error_message: string | null;
  verification_status_code: number | null;
  verification_answer_excerpt: string | null;
  verification_deadline: number | null;
  verification_lease_until: number | null;
  verified_at: number | null;
  backlog_since: number | null;
  failing_since: number | null;
  rate_per_second: number | null;
  identity: string | null;
  registered_by: string | null;
  registered_key: string | null;
  confirmed_at: number | null;
  ends_at: number | null;
  detached_until: number | null;
  /** Of `registered_key`, where it was asked for. */
  key_revoked_at?: number | null;
  created_at: number;
  updated_at: number;
}

export function toEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    system: row.system,
    user: row.user_id,
    url: row.url,
    description: row.description,
    events: JSON.parse(row.events) as string[],
    status: row.status as EndpointStatus,
    statusReason: row.status_reason,
    schedule: row.schedule as ScheduleChoice,
    timeoutMs: row.timeout_ms,
    maxRetries: row.max_retries,
    ordered: row.ordered === 1,
    settingsSealed: row.headers_sealed,
    challengeSealed: row.challenge_sealed,
    verificationAttempts: row.verification_attempts,
    verificationError: row.verification_error as DeliveryErrorCode | null,
    verificationErrorMessage: row.verification_error_message,
    verificationStatusCode: row.verification_status_code,
    verificationAnswerExcerpt: row.verification_answer_excerpt,
    verificationDeadline: row.verification_deadline,
    verifiedAt: row.verified_at,
    backlogSince: row.backlog_since,
    failingSince: row.failing_since,
    ratePerSecond: row.rate_per_second,
    identity: row.identity,
    registeredBy: row.registered_by === null ? null : (JSON.parse(row.registered_by) as Registrant),
    registeredKey: row.registered_key,
    keyRevokedAt: row.key_revoked_at ?? null,
    confirmedAt: row.confirmed_at ?? row.created_at,
    endsAt: earliest(row.ends_at, row.detached_until),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** Columns to select of endpoints, with what became of the key that each was registered with. */
export const ENDPOINT_COLUMNS = `endpoints.*, (select k.revoked_at from api_keys k
  where k.id = endpoints.registered_key) as key_revoked_at`;
