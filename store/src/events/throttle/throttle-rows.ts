import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { Sql } from '../../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../../sql';
import type { Store } from '../../store';

/** A delivery, as far as the throttle reads and changes it. */
export interface ThrottleRow {
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

/** Other processes accept too: for one key, one after the other, each in the order of all. */
export async function lockKeys(on: Sql, keys: ReadonlySet<string>): Promise<void> {
  for (const key of [...keys].sort()) {
    await on.run('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
  }
}

const COLUMNS = `d.id, d.event_key, d.endpoint_id, d.status, d.attempts, d.slot_at, d.throttle_key,
  d.next_attempt_at, d.lease_until, d.finished_at, d.last_error_code, d.waits_for`;

/** Those of these keys that went out since, or that nobody attempted yet, oldest first. */
export function earlierDeliveries(
  store: Store,
  on: Sql,
  wanted: { keys: ReadonlySet<string>; since: number },
): Promise<ThrottleRow[]> {
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
    [jsonParameter([...wanted.keys].map((key) => ({ key }))), wanted.since],
  );
}

/**
 * The deliveries that were just written for these events, in the order of the events; without those
 * that are finished: of lost events that are accepted again, some are superseded.
 */
export function deliveriesOf(
  store: Store,
  on: Sql,
  eventKeys: readonly string[],
): Promise<ThrottleRow[]> {
  const rows = jsonRows(store.dialect, 'r', { key: 'text' });
  return rowsOf(
    on,
    `select ${COLUMNS}, null as sent_at from ${rows} join deliveries d on d.event_key = r.key
     where d.finished_at is null order by d.id`,
    [jsonParameter(eventKeys.map((key) => ({ key })))],
  );
}

export async function writeChanges(
  store: Store,
  on: Sql,
  changes: readonly ThrottleRow[],
): Promise<void> {
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
