import { inTransaction, rowOf, rowsOf } from '../sql';
import type { Store } from '../store';
import type { CvChannelStep } from './cv-change';

/**
 * Writes down that these channels are to be told of a change, so that its history shows them before
 * they are; gives all that are still to be told, those of an earlier plan too. None, where a
 * notification was made before each channel was told by itself.
 */
export function planCvChannels(
  store: Store,
  changeId: string,
  channels: readonly CvChannelStep[],
): Promise<CvChannelStep[]> {
  return inTransaction(store, async (transaction) => {
    // Of those times, too: what is tried again now is each channel.
    await transaction.run(
      "delete from cv_steps where change_id = ? and step = 'notification' and status = 'retrying'",
      [changeId],
    );
    const made = await rowOf(
      transaction,
      "select 1 as made from cv_steps where change_id = ? and step = 'notification'",
      [changeId],
    );
    if (made !== undefined) return [];
    for (const step of channels) {
      await transaction.run(
        `insert into cv_steps (change_id, step, status, tries, at, duration_ms)
         values (?, ?, 'retrying', 0, ?, 0) on conflict (change_id, step) do nothing`,
        [changeId, step, Date.now()],
      );
    }
    const rows = await rowsOf<{ step: CvChannelStep }>(
      transaction,
      `select step from cv_steps where change_id = ? and step like 'notification.%'
         and status not in ('completed', 'skipped') order by step`,
      [changeId],
    );
    return rows.map(({ step }) => step);
  });
}
