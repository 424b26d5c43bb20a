/**
 * - `pending`: not attempted yet.
 * - `held`: its endpoint is paused or not verified.
 * - `retrying`: attempted, and to be tried again.
 * - `delivered`, `failed` (no attempt left), `expired` (24 h), `cancelled`: finished.
 */
export type DeliveryStatus =
  'pending' | 'held' | 'retrying' | 'delivered' | 'failed' | 'expired' | 'cancelled';

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
  nextAttemptAt: number | null;
  expiresAt: number;
  lastStatusCode: number | null;
  lastErrorCode: string | null;
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
    nextAttemptAt: row.next_attempt_at,
    expiresAt: row.expires_at,
    lastStatusCode: row.last_status_code,
    lastErrorCode: row.last_error_code,
    isTest: row.is_test === 1,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** Selects deliveries `d` with the id of their event. */
export const SELECT_DELIVERIES = `select d.id, e.id as event_id, d.endpoint_id, d.system, d.user_id, d.type,
  d.status, d.attempts, d.next_attempt_at, d.expires_at, d.last_status_code, d.last_error_code, d.is_test,
  d.created_at, d.finished_at
  from deliveries d join events e on e.key = d.event_key`;
