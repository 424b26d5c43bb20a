import { CV_NAME } from '../cv-name';
import type { Sql } from '../databases/database';
import { acceptWithin } from '../events/accept-events';
import { newId } from '../ids';
import { rowOf } from '../sql';
import type { Store } from '../store';
import type { CvEvent, CvStepName, CvStepStatus } from './cv-change';

/** How many of a CV's earlier versions are kept. */
const BACKUPS = 200;

export interface CvRow {
  version: number;
  /** JSON text; empty where nothing was written yet. */
  document: string;
  updated_at: number;
}

/** The CV, locked until the transaction ends: of two changes at once, the second sees the first's. */
export async function lockCv(store: Store, on: Sql): Promise<CvRow> {
  // A write first: on SQLite it takes the lock that a read would have to upgrade to.
  await on.run(
    `insert into cv_documents (name, version, document, updated_at) values (?, 0, '', 0)
     on conflict (name) do nothing`,
    [CV_NAME],
  );
  const lock = store.dialect === 'postgres' ? 'for update' : '';
  const row = await rowOf<CvRow>(
    on,
    `select version, document, updated_at from cv_documents where name = ? ${lock}`,
    [CV_NAME],
  );
  if (row === undefined) throw new Error('The CV vanished within a transaction.');
  return row;
}

/** Backs the CV up as it was, and replaces it. */
export async function replaceCv(
  on: Sql,
  before: CvRow,
  change: { id: string; document: string },
): Promise<void> {
  const now = Date.now();
  await on.run(
    'insert into cv_backups (id, name, version, document, change_id, created_at) values (?, ?, ?, ?, ?, ?)',
    [newId(), CV_NAME, before.version, before.document, change.id, now],
  );
  await on.run(
    `delete from cv_backups where name = ? and id not in (
       select id from cv_backups where name = ? order by id desc limit ?)`,
    [CV_NAME, CV_NAME, BACKUPS],
  );
  await on.run(
    'update cv_documents set version = version + 1, document = ?, updated_at = ? where name = ?',
    [change.document, now, CV_NAME],
  );
}

/** Publishes an event in the transaction of what it tells of. */
export async function publishCvEvent(store: Store, on: Sql, event: CvEvent): Promise<void> {
  await acceptWithin(store, on, [
    { system: 'cv', user: CV_NAME, type: event.type, data: JSON.stringify(event.data) },
  ]);
}

/** Writes how a try of a step ended; tries add up. */
export async function writeStep(
  on: Sql,
  step: {
    changeId: string;
    step: CvStepName;
    status: CvStepStatus;
    durationMs: number;
    error?: { code: string; message: string };
    notes?: readonly string[];
  },
): Promise<void> {
  await on.run(
    `insert into cv_steps (change_id, step, status, tries, at, duration_ms, error_code, error_message, notes)
     values (?, ?, ?, 1, ?, ?, ?, ?, ?)
     on conflict (change_id, step) do update set status = excluded.status, tries = cv_steps.tries + 1,
       at = excluded.at, duration_ms = excluded.duration_ms, error_code = excluded.error_code,
       error_message = excluded.error_message, notes = excluded.notes`,
    [
      step.changeId,
      step.step,
      step.status,
      Date.now(),
      Math.round(step.durationMs),
      step.error?.code ?? null,
      step.error?.message.slice(0, 1_000) ?? null,
      step.notes === undefined || step.notes.length === 0 ? null : JSON.stringify(step.notes),
    ],
  );
}
