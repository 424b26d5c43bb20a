import type { DeliveryErrorCode } from '@careerhooks/systems';
import { createHash } from 'node:crypto';
import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';

/** What the throttle has to know of an event that was just accepted. */
interface FreshEvent {
  key: string;
  system: string;
  user_id: string;
  throttle: { key: string; windowMs: number } | undefined;
  flushes: { key: string } | undefined;
}

interface DeliveryRow {
  id: string;
  event_key: string;
  endpoint_id: string;
  status: string;
  attempts: number;
  slot_at: number | null;
  throttle_key: string | null;
  next_attempt_at: number | null;
  lease_until: number | null;
  finished_at: number | null;
  last_error_code: DeliveryErrorCode | null;
  waits_for: string | null;
  /** When its first attempt began. */
  sent_at: number | null;
}

/**
 * Applies the systems' throttles to deliveries that were just written, within
 * the transaction that wrote them. For one endpoint and key:
 *
 * - The first one goes out at once, the next when the window since then is over:
 *   that is its turn, and nobody claims it before.
 * - A newer one takes the turn of one that waits, which is cancelled as `superseded`.
 *   So is one that is held, or that nobody could carry for a whole window.
 * - An event that flushes the key lets the waiting one go at once, and waits for
 *   its first attempt.
 *
 * Without events of a throttled kind it does nothing.
 */
export async function throttleDeliveries(
  store: Store,
  on: Sql,
  events: readonly FreshEvent[],
  acceptedAt: number,
): Promise<void> {
  const concerned = events.filter(({ throttle, flushes }) => throttle ?? flushes);
  if (concerned.length === 0) return;
  const keys = new Map(concerned.map((event) => [event.key, throttleKey(event)]));
  if (store.dialect === 'postgres') await lock(on, [...keys.values()]);
  // After the lock: what others let go while we waited for it would seem to be still to come.
  const now = Date.now();

  const queues = new Map<string, ThrottleQueue>();
  const queueOf = (endpointId: string, key: string): ThrottleQueue => {
    const name = `${endpointId} ${key}`;
    const queue = queues.get(name) ?? { sentAt: -Infinity, waiting: undefined, last: undefined };
    queues.set(name, queue);
    return queue;
  };
  const changed = new Set<DeliveryRow>();
  const windows = new Map(
    concerned.map((event) => [keys.get(event.key) ?? '', event.throttle?.windowMs ?? Infinity]),
  );
  const longest = Math.max(...concerned.map(({ throttle }) => throttle?.windowMs ?? 0));
  for (const row of await earlierDeliveries(store, on, {
    keys: [...keys.values()],
    since: now - longest,
  })) {
    const queue = queueOf(row.endpoint_id, row.throttle_key ?? '');
    if (row.sent_at !== null) queue.sentAt = Math.max(queue.sentAt, row.sent_at);
    if (row.attempts > 0 || row.finished_at !== null) continue;
    queue.last = row;
    const turnAt = row.slot_at ?? now;
    const window = windows.get(row.throttle_key ?? '') ?? Infinity;
    if (row.status === 'held' || turnAt > now || turnAt + window <= now) queue.waiting = row;
    else queue.sentAt = Math.max(queue.sentAt, turnAt);
  }

  const byEvent = groupBy(await deliveriesOf(store, on, [...keys.keys()]), (row) => row.event_key);
  for (const event of concerned) {
    const key = keys.get(event.key) ?? '';
    const rows = byEvent.get(event.key) ?? [];
    if (event.throttle === undefined) {
      for (const [name, queue] of queues) if (name.endsWith(` ${key}`)) flush(queue, now, changed);
      for (const row of rows) wait(row, queueOf(row.endpoint_id, key), changed);
    } else {
      for (const row of rows) {
        enqueue(row, queueOf(row.endpoint_id, key), {
          key,
          windowMs: event.throttle.windowMs,
          acceptedAt,
          now,
          changed,
        });
      }
    }
  }
  await writeChanges(store, on, [...changed]);
}

/** What one endpoint has got, and is to get, of one key. */
interface ThrottleQueue {
  /** When the newest went out or was let go. */
  sentAt: number;
  /** The one that a newer one supersedes. */
  waiting: DeliveryRow | undefined;
  /** The newest that was not attempted yet, waiting or let go. */
  last: DeliveryRow | undefined;
}

function enqueue(
  row: DeliveryRow,
  queue: ThrottleQueue,
  {
    key,
    windowMs,
    acceptedAt,
    now,
    changed,
  }: {
    key: string;
    windowMs: number;
    acceptedAt: number;
    now: number;
    changed: Set<DeliveryRow>;
  },
): void {
  const turnAt = Math.max(acceptedAt, queue.sentAt + windowMs);
  if (queue.waiting !== undefined) {
    Object.assign(queue.waiting, {
      status: 'cancelled',
      last_error_code: 'superseded' satisfies DeliveryErrorCode,
      lease_until: null,
      next_attempt_at: null,
      finished_at: now,
      // Out of the index that the next event looks into.
      throttle_key: null,
    });
    changed.add(queue.waiting);
  }
  const held = row.status === 'held';
  Object.assign(row, {
    throttle_key: key,
    slot_at: turnAt,
    next_attempt_at: turnAt,
    lease_until: held ? null : turnAt,
  });
  changed.add(row);
  queue.last = row;
  queue.waiting = held || turnAt > now ? row : undefined;
  if (queue.waiting === undefined) queue.sentAt = turnAt;
}

function flush(queue: ThrottleQueue, now: number, changed: Set<DeliveryRow>): void {
  if (queue.waiting === undefined) return;
  Object.assign(queue.waiting, {
    slot_at: now,
    next_attempt_at: now,
    lease_until: queue.waiting.status === 'held' ? null : now,
  });
  changed.add(queue.waiting);
  queue.sentAt = now;
  if (queue.waiting.status !== 'held') queue.waiting = undefined;
}

function wait(row: DeliveryRow, queue: ThrottleQueue, changed: Set<DeliveryRow>): void {
  if (queue.last === undefined) return;
  row.waits_for = queue.last.id;
  changed.add(row);
}

/** Of one user's events alone: two users' jobs may have the same id. */
export function throttleKey({
  system,
  user_id,
  throttle,
  flushes,
}: Omit<FreshEvent, 'key'>): string {
  const key = (throttle ?? flushes)?.key ?? '';
  return createHash('sha256')
    .update(JSON.stringify([system, user_id, key]))
    .digest('base64url');
}

/** Other processes accept too: for one key, one after the other, each in the order of all. */
async function lock(on: Sql, keys: string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort()) {
    await on.run('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
  }
}

const COLUMNS = `d.id, d.event_key, d.endpoint_id, d.status, d.attempts, d.slot_at, d.throttle_key,
  d.next_attempt_at, d.lease_until, d.finished_at, d.last_error_code, d.waits_for`;

/** Those of these keys that went out since, or that nobody attempted yet, oldest first. */
function earlierDeliveries(
  store: Store,
  on: Sql,
  wanted: { keys: string[]; since: number },
): Promise<DeliveryRow[]> {
  const rows = jsonRows(store.dialect, 'r', { key: 'text' });
  return rowsOf(
    on,
    `select * from (
       select ${COLUMNS},
         (select a.started_at from attempts a where a.delivery_id = d.id and a.number = 1) as sent_at
       from ${rows} join deliveries d on d.throttle_key = r.key
     ) found
     where sent_at > ? or (attempts = 0 and finished_at is null)
     order by id`,
    [jsonParameter([...new Set(wanted.keys)].map((key) => ({ key }))), wanted.since],
  );
}

/**
 * The deliveries that were just written for these events, in the order of the events; without those
 * that are finished: of lost events that are accepted again, some are superseded.
 */
function deliveriesOf(store: Store, on: Sql, eventKeys: string[]): Promise<DeliveryRow[]> {
  const rows = jsonRows(store.dialect, 'r', { key: 'text' });
  return rowsOf(
    on,
    `select ${COLUMNS}, null as sent_at from ${rows} join deliveries d on d.event_key = r.key
     where d.finished_at is null order by d.id`,
    [jsonParameter(eventKeys.map((key) => ({ key })))],
  );
}

async function writeChanges(store: Store, on: Sql, changes: DeliveryRow[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = jsonRows(store.dialect, 'r', {
    id: 'text',
    status: 'text',
    slot_at: 'bigint',
    throttle_key: 'text',
    next_attempt_at: 'bigint',
    lease_until: 'bigint',
    finished_at: 'bigint',
    last_error_code: 'text',
    waits_for: 'text',
  });
  // Of those that were there before, one may have been attempted since it was read.
  await on.run(
    `update deliveries set status = r.status, slot_at = r.slot_at, throttle_key = r.throttle_key,
       next_attempt_at = r.next_attempt_at, lease_until = r.lease_until,
       finished_at = r.finished_at, last_error_code = r.last_error_code, waits_for = r.waits_for
     from ${rows} where deliveries.id = r.id and deliveries.attempts = 0
       and deliveries.finished_at is null`,
    [jsonParameter(changes)],
  );
}

function groupBy<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
