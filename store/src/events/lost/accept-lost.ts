import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { Sql } from '../../databases/database';
import { DELIVERY_LIFETIME_MS, type DeliveryStatus } from '../../deliveries/delivery';
import { FIRST_ATTEMPT_LEASE_MS } from '../../deliveries/reservation';
import type { AttemptRecord } from '../../deliveries/attempt-record';
import { recordAttempts } from '../../deliveries/record-attempts';
import { beginBacklogs } from '../../endpoints/begin-backlogs';
import { inTransaction, jsonParameter, jsonRows, rowsOf, writeRows } from '../../sql';
import type { Store } from '../../store';
import { insertEvents } from '../insert-events';
import type { BornDelivery, Kept, KeptEvent } from '../accepted-lately';
import { throttleDeliveries } from '../throttle/throttle-deliveries';
import { throttleKey } from '../throttle/throttle-key';

/** A delivery that was accepted here, and that the database knew nothing of any more. */
export interface LostDelivery {
  eventId: string;
  /** Null, as is the endpoint, where nobody was subscribed to the event. */
  deliveryId: string | null;
  endpointId: string | null;
  /**
   * Its status now that it was accepted again; `published_again` where its producer had done so
   * meanwhile, which is another delivery; `endpoint_gone` where the database lacks its endpoint, too;
   * null where there is none.
   */
  outcome: DeliveryStatus | 'published_again' | 'endpoint_gone' | null;
}

/** At most this many events in one transaction. */
const AT_ONCE = 100;
/** At most this many are asked for at once. */
const ASKED_AT_ONCE = 1_000;

/** The recovery of one failover's lost events. */
export interface LostEvents {
  /**
   * Asks the database for these events, which this process has accepted lately, and accepts those that
   * it lacks again, as they were: with the same ids, so that a first attempt that had gone out is
   * repeated under the same `webhook-id`. What is known of their attempts is recorded with them: what
   * was delivered is not sent again. Whoever may be sending one at this moment has a lease's time to
   * record it. It can be called again, where it failed, and to look once more.
   */
  acceptAgain(kept: Kept): Promise<void>;
  /** Those that were found lost, and are not accepted again yet. */
  left(): KeptEvent[];
}

/** @param tell gets what came of lost deliveries, each once, when it is durable. */
export function createLostEvents(
  store: Store,
  tell: (deliveries: LostDelivery[]) => void,
): LostEvents {
  const lost = new Set<KeptEvent>();
  const told = new Set<KeptEvent>();

  async function find(events: readonly KeptEvent[]): Promise<void> {
    for (const some of chunksOf(events, ASKED_AT_ONCE)) {
      const there = await eventsThere(store, store.read, some);
      for (const each of some) {
        if (!there.has(each.event.key) && !told.has(each)) lost.add(each);
      }
    }
  }

  return {
    async acceptAgain({ events, records }) {
      await find(events);
      const byDelivery = groupByDelivery(records);
      for (const some of chunksOf([...lost], AT_ONCE)) {
        const outcomes = await inTransaction(store, (transaction) =>
          acceptAgain(store, transaction, some, byDelivery),
        );
        for (const each of some) {
          lost.delete(each);
          told.add(each);
        }
        tell(outcomes);
      }
    },
    left: () => [...lost],
  };
}

async function acceptAgain(
  store: Store,
  on: Sql,
  lost: readonly KeptEvent[],
  records: ReadonlyMap<string, AttemptRecord[]>,
): Promise<LostDelivery[]> {
  const before = await eventsThere(store, on, lost);
  const inserted = await insertEvents(
    store,
    on,
    lost.map(({ event }) => event).filter(({ key }) => !before.has(key)),
  );
  const again = lost.filter(({ event }) => inserted.has(event.key));
  await writeAgain(store, on, again);
  const made = again.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ id }) => records.get(id) ?? []),
  );
  if (made.length > 0) await recordAttempts(store, on, made);

  const statuses = await statusesOf(
    store,
    on,
    lost.flatMap(({ deliveries }) => deliveries),
  );
  return lost.flatMap((each) => {
    const isThere = before.has(each.event.key) || inserted.has(each.event.key);
    return outcomesOf(each, isThere, statuses);
  });
}

function outcomesOf(
  { event, deliveries }: KeptEvent,
  isThere: boolean,
  statuses: ReadonlyMap<string, DeliveryStatus>,
): LostDelivery[] {
  const eventId = event.id;
  if (deliveries.length === 0) {
    const outcome = isThere ? null : 'published_again';
    return [{ eventId, deliveryId: null, endpointId: null, outcome }];
  }
  return deliveries.map(({ id, endpointId }) => ({
    eventId,
    deliveryId: id,
    endpointId,
    outcome: isThere ? (statuses.get(id) ?? 'endpoint_gone') : 'published_again',
  }));
}

/** The deliveries of these events, as far as their endpoints are there. */
async function writeAgain(store: Store, on: Sql, events: readonly KeptEvent[]): Promise<void> {
  const endpoints = await endpointsOf(store, on, events);
  const superseded = await supersededOf(store, on, events);
  const now = Date.now();
  const leaseUntil = now + FIRST_ATTEMPT_LEASE_MS;
  const rows = events.flatMap(({ event, deliveries }) =>
    deliveries.flatMap(({ id, endpointId }) => {
      const endpoint = endpoints.get(endpointId);
      if (endpoint === undefined) return [];
      const errorCode: DeliveryErrorCode | null = superseded.has(id)
        ? 'superseded'
        : unwanted(endpoint);
      const waits = errorCode === null && hasToWait(endpoint);
      return {
        id,
        event_key: event.key,
        endpoint_id: endpointId,
        system: event.system,
        user_id: event.user_id,
        type: event.type,
        status: errorCode !== null ? 'cancelled' : waits ? 'held' : 'pending',
        lease_until: errorCode !== null || waits ? null : leaseUntil,
        critical: Number(event.critical),
        created_at: event.created_at,
        next_attempt_at: errorCode === null ? event.created_at : null,
        expires_at: event.created_at + DELIVERY_LIFETIME_MS,
        last_error_code: errorCode,
        finished_at: errorCode === null ? null : now,
      };
    }),
  );
  await insertDeliveries(store, on, rows);
  const waiting = rows.flatMap(({ status, endpoint_id }) =>
    status === 'held' && endpoints.get(endpoint_id)?.status === 'active' ? [endpoint_id] : [],
  );
  await beginBacklogs(store, on, [...new Set(waiting)]);
  await throttleDeliveries(
    store,
    on,
    events.map(({ event }) => event),
    leaseUntil,
  );
}

interface EndpointRow {
  id: string;
  status: string;
  ordered: number;
  backlog_since: number | null;
  deleted_at: number | null;
}

function unwanted(endpoint: EndpointRow): DeliveryErrorCode | null {
  if (endpoint.deleted_at !== null) return 'endpoint_deleted';
  return endpoint.status === 'disabled' ? 'endpoint_disabled' : null;
}

function hasToWait(endpoint: EndpointRow): boolean {
  return endpoint.status !== 'active' || endpoint.ordered === 1 || endpoint.backlog_since !== null;
}

async function endpointsOf(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Map<string, EndpointRow>> {
  const ids = new Set(
    events.flatMap(({ deliveries }) => deliveries.map((each) => each.endpointId)),
  );
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<EndpointRow>(
    on,
    `select ep.id, ep.status, ep.ordered, ep.backlog_since, ep.deleted_at
     from ${wanted} join endpoints ep on ep.id = r.id`,
    [jsonParameter([...ids].map((id) => ({ id })))],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of throttled events, ids of the deliveries that a newer one has taken the place of since. */
async function supersededOf(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Set<string>> {
  const throttled = events.flatMap(({ event, deliveries }) =>
    event.throttle === undefined
      ? []
      : deliveries.map(({ id, endpointId }) => ({ id, endpointId, key: throttleKey(event) })),
  );
  if (throttled.length === 0) return new Set();
  const wanted = jsonRows(store.dialect, 'r', { id: 'text', endpointId: 'text', key: 'text' });
  const rows = await rowsOf<{ id: string }>(
    on,
    `select r.id from ${wanted} where exists (select 1 from deliveries d
       where d.throttle_key = r.key and d.endpoint_id = r."endpointId" and d.id > r.id)`,
    [jsonParameter(throttled)],
  );
  return new Set(rows.map(({ id }) => id));
}

const COLUMNS = {
  id: 'text',
  event_key: 'text',
  endpoint_id: 'text',
  system: 'text',
  user_id: 'text',
  type: 'text',
  status: 'text',
  lease_until: 'bigint',
  critical: 'integer',
  created_at: 'bigint',
  next_attempt_at: 'bigint',
  expires_at: 'bigint',
  last_error_code: 'text',
  finished_at: 'bigint',
} as const;

async function insertDeliveries(
  store: Store,
  on: Sql,
  rows: readonly Record<keyof typeof COLUMNS, string | number | null>[],
): Promise<void> {
  const names = Object.keys(COLUMNS).join(', ');
  await writeRows(
    on,
    { dialect: store.dialect, columns: COLUMNS, rows },
    (table) => `insert into deliveries (${names}) select ${names} from ${table}`,
  );
}

function groupByDelivery(records: readonly AttemptRecord[]): Map<string, AttemptRecord[]> {
  const groups = new Map<string, AttemptRecord[]>();
  for (const record of records) {
    const group = groups.get(record.deliveryId) ?? [];
    group.push(record);
    groups.set(record.deliveryId, group);
  }
  return groups;
}

async function eventsThere(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Set<string>> {
  const wanted = jsonRows(store.dialect, 'r', { key: 'text' });
  const rows = await rowsOf<{ key: string }>(
    on,
    `select e.key from ${wanted} join events e on e.key = r.key`,
    [jsonParameter(events.map(({ event }) => ({ key: event.key })))],
  );
  return new Set(rows.map(({ key }) => key));
}

async function statusesOf(
  store: Store,
  on: Sql,
  deliveries: readonly BornDelivery[],
): Promise<Map<string, DeliveryStatus>> {
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<{ id: string; status: DeliveryStatus }>(
    on,
    `select d.id, d.status from ${wanted} join deliveries d on d.id = r.id`,
    [jsonParameter(deliveries.map(({ id }) => ({ id })))],
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
