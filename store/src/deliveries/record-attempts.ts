import type { Sql } from '../databases/database';
import { createGroupCommit, type GroupCommit } from '../group-commit';
import { alertOfFailures } from '../events/delivery-failed';
import { committerOf } from '../committer-of';
import { jsonParameter, jsonRows, rowsOf, writeRows } from '../sql';
import type { Store } from '../store';
import type { AttemptRecord } from './attempt-record';

/**
 * - `recorded`: it is in the log, now or since before.
 * - `unknown`: the database has no such delivery; nothing was recorded.
 */
export type RecordOutcome = 'recorded' | 'unknown';

/**
 * The log of attempts; those that end at the same time share a transaction.
 * Recording the same attempt twice changes nothing. A delivery that was finished
 * meanwhile (cancelled, say) stays so, unless the attempt did deliver it.
 */
export type AttemptLog = GroupCommit<AttemptRecord, RecordOutcome>;

const MAX_ATTEMPTS_PER_TRANSACTION = 500;

const ATTEMPT_COLUMNS = {
  deliveryId: 'text',
  number: 'integer',
  startedAt: 'bigint',
  durationMs: 'integer',
  statusCode: 'integer',
  errorCode: 'text',
  errorMessage: 'text',
  answerExcerpt: 'text',
  status: 'text',
} as const;

const OUTCOME_COLUMNS = {
  deliveryId: 'text',
  number: 'integer',
  statusCode: 'integer',
  errorCode: 'text',
  status: 'text',
  nextAttemptAt: 'bigint',
  leaseUntil: 'bigint',
  recordedAt: 'bigint',
} as const;

/** Opens the log; one for each process. */
export function createAttemptLog(store: Store): AttemptLog {
  let written: readonly AttemptRecord[] = [];
  return createGroupCommit<AttemptRecord, RecordOutcome, Sql>(
    committerOf(store),
    {
      write(on, records) {
        written = records;
        return recordAttempts(store, on, records);
      },
      // Those of unknown deliveries, too: whoever accepted one may bring it back.
      committed: () => store.lately?.recorded(written),
    },
    { maxWeight: MAX_ATTEMPTS_PER_TRANSACTION },
  );
}

/** Records attempts within a transaction; gives what came of each. */
export async function recordAttempts(
  store: Store,
  on: Sql,
  records: readonly AttemptRecord[],
): Promise<RecordOutcome[]> {
  const { dialect } = store;
  const inserted = (await writeRows(
    on,
    { dialect, columns: ATTEMPT_COLUMNS, rows: records },
    (rows) =>
      `insert into attempts (delivery_id, number, started_at, duration_ms, succeeded, status_code,
         error_code, error_message, answer_excerpt)
       select r."deliveryId", r.number, r."startedAt", r."durationMs",
         case when r.status = 'delivered' then 1 else 0 end,
         r."statusCode", r."errorCode", r."errorMessage", r."answerExcerpt"
       from ${rows} where exists (select 1 from deliveries d where d.id = r."deliveryId")
       on conflict do nothing returning delivery_id`,
  )) as { delivery_id: string }[];
  // A delivery that is finished takes the number, from which it goes on should it be reopened.
  const open = `(deliveries.finished_at is null or r.status = 'delivered')`;
  const held = `(deliveries.status = 'held' and r.status = 'retrying')`;
  const recordedAt = Date.now();
  await writeRows(
    on,
    {
      dialect,
      columns: OUTCOME_COLUMNS,
      rows: latestOfEach(records).map((record) => ({ ...record, recordedAt })),
    },
    (rows) =>
      `update deliveries set
         attempts = r.number,
         last_status_code = case when ${open} then r."statusCode" else last_status_code end,
         last_error_code = case when ${open} then r."errorCode" else last_error_code end,
         status = case when not ${open} or ${held} then deliveries.status else r.status end,
         next_attempt_at = case when ${open} then r."nextAttemptAt" else next_attempt_at end,
         lease_until = case when not ${open} or ${held} then lease_until else r."leaseUntil" end,
         finished_at = case when not ${open} then finished_at
           when r.status = 'retrying' then null else r."recordedAt" end
       from ${rows}
       where deliveries.id = r."deliveryId" and deliveries.attempts < r.number`,
  );
  await alertOfFailures(
    store,
    on,
    records.filter(({ status }) => status === 'failed').map(({ deliveryId }) => deliveryId),
  );
  if (inserted.length === records.length) return records.map(() => 'recorded');
  const known = await knownDeliveries(store, on, records);
  return records.map(({ deliveryId }) => (known.has(deliveryId) ? 'recorded' : 'unknown'));
}

async function knownDeliveries(
  store: Store,
  on: Sql,
  records: readonly AttemptRecord[],
): Promise<Set<string>> {
  const rows = jsonRows(store.dialect, 'r', { id: 'text' });
  const known = await rowsOf<{ id: string }>(
    on,
    `select d.id from ${rows} join deliveries d on d.id = r.id`,
    [jsonParameter(records.map(({ deliveryId }) => ({ id: deliveryId })))],
  );
  return new Set(known.map(({ id }) => id));
}

/** An UPDATE from two rows for one delivery would take either. */
function latestOfEach(records: readonly AttemptRecord[]): AttemptRecord[] {
  const latest = new Map<string, AttemptRecord>();
  for (const record of records) {
    const other = latest.get(record.deliveryId);
    if (other === undefined || other.number < record.number) latest.set(record.deliveryId, record);
  }
  return [...latest.values()];
}
