import { type Endpoint, type EndpointRow, toEndpoint } from '../endpoints/endpoint';
import { type EndpointKeys, liveKeys } from '../endpoints/endpoint-keys';
import { type EventRow, type StoredEvent, toEvent } from '../events/event';
import { rowOf } from '../sql';
import type { Store } from '../store';
import type { DeliveryStatus } from './delivery';

/** All that an attempt needs. */
export interface DeliveryToMake {
  id: string;
  status: DeliveryStatus;
  attempts: number;
  /** Attempts that do not count against the schedule, because the delivery was retried by hand since. */
  attemptsBeforeRound: number;
  nextAttemptAt: number | null;
  expiresAt: number;
  isTest: boolean;
  event: StoredEvent;
  endpoint: Endpoint;
  /** Newest first; empty where the endpoint was deleted. */
  keys: EndpointKeys[];
}

interface Row {
  id: string;
  status: string;
  attempts: number;
  attempts_before_round: number;
  next_attempt_at: number | null;
  expires_at: number;
  is_test: number;
  event_key: string;
  endpoint_id: string;
}

/** Loads a delivery with its event, its endpoint and the endpoint's opened keys. */
export async function loadDelivery(store: Store, id: string): Promise<DeliveryToMake | undefined> {
  const row = await rowOf<Row>(store.read, 'select * from deliveries where id = ?', [id]);
  if (row === undefined) return undefined;
  const [event, endpoint, keys] = await Promise.all([
    rowOf<EventRow>(store.read, 'select * from events where key = ?', [row.event_key]),
    rowOf<EndpointRow>(store.read, 'select * from endpoints where id = ?', [row.endpoint_id]),
    liveKeys(store, row.endpoint_id),
  ]);
  if (event === undefined || endpoint === undefined) return undefined;
  return {
    id: row.id,
    status: row.status as DeliveryStatus,
    attempts: row.attempts,
    attemptsBeforeRound: row.attempts_before_round,
    nextAttemptAt: row.next_attempt_at,
    expiresAt: row.expires_at,
    isTest: row.is_test === 1,
    event: toEvent(event),
    endpoint: toEndpoint(endpoint),
    keys,
  };
}
