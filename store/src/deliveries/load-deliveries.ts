import type { Endpoint } from '../endpoints/endpoint';
import type { EndpointKeys } from '../endpoints/sealed-values';
import { loadRecipients } from '../endpoints/load-recipients';
import { type EventRow, type StoredEvent, toEvent } from '../events/event';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
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
  /** Until when somebody carries it; null where nobody has to. */
  leaseUntil: number | null;
  expiresAt: number;
  isTest: boolean;
  /** The burst that carries its first attempt, if one does. */
  burstId: string | null;
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
  lease_until: number | null;
  expires_at: number;
  is_test: number;
  burst_id: string | null;
  event_key: string;
  endpoint_id: string;
}

/** Loads deliveries with their events, their endpoints and the endpoints' opened keys, in the order of `ids`. */
export async function loadDeliveries(
  store: Store,
  ids: readonly string[],
): Promise<DeliveryToMake[]> {
  if (ids.length === 0) return [];
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<Row>(
    store.read,
    `select d.* from ${wanted} join deliveries d on d.id = r.id`,
    [jsonParameter(ids.map((id) => ({ id })))],
  );
  const [events, recipients] = await Promise.all([
    loadEvents(store, [...new Set(rows.map((row) => row.event_key))]),
    loadRecipients(store, [...new Set(rows.map((row) => row.endpoint_id))]),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const event = events.get(row?.event_key ?? '');
    const recipient = recipients.get(row?.endpoint_id ?? '');
    if (row === undefined || event === undefined || recipient === undefined) return [];
    return [{ ...toDeliveryToMake(row), event, ...recipient }];
  });
}

/** As `loadDeliveries`, of one; undefined where it is gone. */
export async function loadDelivery(store: Store, id: string): Promise<DeliveryToMake | undefined> {
  return (await loadDeliveries(store, [id]))[0];
}

async function loadEvents(store: Store, keys: string[]): Promise<Map<string, StoredEvent>> {
  const wanted = jsonRows(store.dialect, 'r', { key: 'text' });
  const rows = await rowsOf<EventRow>(
    store.read,
    `select e.* from ${wanted} join events e on e.key = r.key`,
    [jsonParameter(keys.map((key) => ({ key })))],
  );
  return new Map(rows.map((row) => [row.key, toEvent(row)]));
}

function toDeliveryToMake(row: Row): Omit<DeliveryToMake, 'event' | 'endpoint' | 'keys'> {
  return {
    id: row.id,
    status: row.status as DeliveryStatus,
    attempts: row.attempts,
    attemptsBeforeRound: row.attempts_before_round,
    nextAttemptAt: row.next_attempt_at,
    leaseUntil: row.lease_until,
    expiresAt: row.expires_at,
    isTest: row.is_test === 1,
    burstId: row.burst_id,
  };
}
