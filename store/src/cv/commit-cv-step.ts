import { CV_NAME } from '../cv-name';
import type { Sql } from '../databases/database';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import type { CvEvent, CvStepName, CvStepStatus } from './cv-change';
import { lockCv, publishCvEvent, replaceCv, writeStep } from './write-cv';

/** What a step brings. */
export interface CvStepResult {
  status?: Extract<CvStepStatus, 'completed' | 'skipped'>;
  /** What it makes of the CV. */
  change?: (document: string) => string;
  /** The PDF of this version of the CV; a newer one that is there stays. */
  pdf?: { version: number; content: Buffer };
  event?: CvEvent;
  /**
   * When its work began, in Unix milliseconds: where a later change has made the same step since then, this
   * one is skipped, so that what is older does not take the place of what is newer.
   */
  startedAt?: number;
  /** What it could not do all of, for people to read. */
  notes?: string[];
  durationMs: number;
}

/** Writes a step's result, with its event, once: false where it had been done before, or by a later change. */
export function commitCvStep(
  store: Store,
  changeId: string,
  step: CvStepName,
  result: CvStepResult,
): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const before = await lockCv(store, transaction);
    const done = await rowOf(
      transaction,
      "select 1 as done from cv_steps where change_id = ? and step = ? and status in ('completed', 'skipped')",
      [changeId, step],
    );
    if (done !== undefined) return false;
    const later = await findLater(transaction, changeId, step, result.startedAt);
    if (later !== undefined) {
      const { durationMs } = result;
      const notes = [`The later change ${later} has done this already.`];
      await writeStep(transaction, { changeId, step, status: 'skipped', durationMs, notes });
      return false;
    }
    if (result.change !== undefined) {
      const document = result.change(before.document);
      // What brings nothing new is no version, and takes no backup's place.
      if (document !== before.document) {
        await replaceCv(transaction, before, { id: changeId, document });
      }
    }
    if (result.pdf !== undefined) {
      const { version, content } = result.pdf;
      await transaction.run(
        `insert into cv_pdfs (name, version, content_base64, size_bytes, created_at) values (?, ?, ?, ?, ?)
         on conflict (name) do update set version = excluded.version,
           content_base64 = excluded.content_base64, size_bytes = excluded.size_bytes,
           created_at = excluded.created_at
         where cv_pdfs.version <= excluded.version`,
        [CV_NAME, version, content.toString('base64'), content.length, Date.now()],
      );
    }
    if (result.event !== undefined) await publishCvEvent(store, transaction, result.event);
    await writeStep(transaction, {
      changeId,
      step,
      status: result.status ?? 'completed',
      durationMs: result.durationMs,
      ...(result.notes && { notes: result.notes }),
    });
    return true;
  });
}

/** A change that came later, and has made this step since `since`. */
async function findLater(
  on: Sql,
  changeId: string,
  step: CvStepName,
  since: number | undefined,
): Promise<string | undefined> {
  if (since === undefined) return undefined;
  const row = await rowOf<{ change_id: string }>(
    on,
    "select change_id from cv_steps where step = ? and status = 'completed' and change_id > ? and at >= ? limit 1",
    [step, changeId, since],
  );
  return row?.change_id;
}
