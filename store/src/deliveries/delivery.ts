import type { DeliveryErrorCode } from '@careerhooks/systems';

/**
 * - `pending`: not attempted yet.
 * - `held`: its endpoint is paused or not verified.
 * - `retrying`: attempted, and to be tried again.
 * - `delivered`, `failed` (no attempt left), `expired` (24 h), `cancelled`: finished.
 */
export type DeliveryStatus =
  'pending' | 'held' | 'retrying' | 'delivered' | 'failed' | 'expired' | 'cancelled';

/** Milliseconds after its event's acceptance at which a delivery expires: 24 h. */
export const DELIVERY_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** One event on its way to one endpoint. */
export interface Delivery {
  /** A UUID, the same on every attempt. */
  id: string;
  eventId: string;
  endpointId: string;
  system: string;
  user: string;
  type: string;
  status: DeliveryStatus;
  /** Attempts made so far. */
  attempts: number;
  /** The burst that carries it, or carried it to its end; null where its own workflow does. */
  burstId: string | null;
  nextAttemptAt: number | null;
  expiresAt: number;
  lastStatusCode: number | null;
  lastErrorCode: DeliveryErrorCode | null;
  isTest: boolean;
  createdAt: number;
  finishedAt: number | null;
}

export interface DeliveryRow {
  id: string;
  event_id: string;
  endpoint_id: string;
  system: string;
  user_id: string;
  type: string;
  status: string;
  attempts: number;
  attempts_before_round: number;
  burst_id: string | null;
  next_attempt_at: number | null;
  expires_at: number;
  last_status_code: number | null;
  last_error_code: string | null;
  is_test: number;
  created_at: number;
  finished_at: number | null;
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    eventId: row.event_id,
    endpointId: row.endpoint_id,
    system: row.system,
    user: row.user_id,
    type: row.type,
    status: row.status as DeliveryStatus,
    attempts: row.attempts,
    burstId: isInBurst(row) ? row.burst_id : null,
    nextAttemptAt: row.next_attempt_at,
    expiresAt: row.expires_at,
    lastStatusCode: row.last_status_code,
    lastErrorCode: row.last_error_code as DeliveryErrorCode | null,
    isTest: row.is_test === 1,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** What a burst's first attempt does not end goes on in a workflow of its own. */
function isInBurst(row: DeliveryRow): boolean {
  const made = row.attempts - row.attempts_before_round;
  return made === 0 || (made === 1 && (row.status === 'delivered' || row.status === 'failed'));
}

/** Selects deliveries `d` with the id of their event. */
export const SELECT_DELIVERIES = `select d.id, e.id as event_id, d.endpoint_id, d.system, d.user_id, d.type,
  d.status, d.attempts, d.attempts_before_round, d.burst_id, d.next_attempt_at, d.expires_at, d.last_status_code, d.last_error_code, d.is_test,
  d.created_at, d.finished_at
  from deliveries d join events e on e.key = d.event_key`;
