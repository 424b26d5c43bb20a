import { inTransaction, rowOf, rowsOf } from '../sql';
import type { Store } from '../store';
import { type CvChangeRow, type CvStepName, type CvStepRow } from './cv-change';
import { publishCvEvent } from './write-cv';

/**
 * Ends a change: `failed`, with a `cv.update_failed` event, where one of its steps was given up,
 * else `completed`. Doing it again changes nothing.
 *
 * @param givenUp steps that are not tried again.
 */
export function finishCvChange(
  store: Store,
  changeId: string,
  givenUp: readonly CvStepName[],
): Promise<'completed' | 'failed'> {
  return inTransaction(store, async (transaction) => {
    for (const step of givenUp) {
      await transaction.run(
        `insert into cv_steps (change_id, step, status, tries, at, duration_ms, error_code, error_message)
         values (?, ?, 'failed', 0, ?, 0, 'TIMED_OUT', 'It did not end in time.')
         on conflict (change_id, step) do update set status = 'failed',
           error_code = coalesce(cv_steps.error_code, excluded.error_code),
           error_message = coalesce(cv_steps.error_message, excluded.error_message)`,
        [changeId, step, Date.now()],
      );
    }
    // What was to be tried again, and is not now: a step that another one had to come before.
    await transaction.run(
      "update cv_steps set status = 'failed' where change_id = ? and status = 'retrying'",
      [changeId],
    );
    const steps = await rowsOf<CvStepRow>(
      transaction,
      "select * from cv_steps where change_id = ? and status = 'failed' order by at",
      [changeId],
    );
    const failed = steps[0];
    const status = failed === undefined ? 'completed' : 'failed';
    const now = Date.now();
    const change = await rowOf<CvChangeRow>(
      transaction,
      `update cv_changes set status = ?, finished_at = ?, processing_ms = cast(? as bigint) - received_at,
         error_code = ?, error_message = ?, lease_until = null
       where id = ? and status = 'processing' returning *`,
      [status, now, now, failed?.error_code ?? null, failed?.error_message ?? null, changeId],
    );
    if (change !== undefined && failed !== undefined) {
      await publishCvEvent(store, transaction, {
        type: 'cv.update_failed',
        data: {
          action: change.action,
          section: change.section,
          code: failed.error_code ?? 'FAILED',
          error: failed.error_message ?? 'It failed.',
        },
      });
    }
    return status;
  });
}
