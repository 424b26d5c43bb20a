import { rowOf, rowsOf } from '../sql';
import type { Store } from '../store';
import { type CvChangeRecord, type CvChangeRow, type CvStepRow, toCvChange } from './cv-change';

/** One change of the history, with its steps. */
export async function getCvChange(store: Store, id: string): Promise<CvChangeRecord | undefined> {
  const row = await rowOf<CvChangeRow>(store.read, 'select * from cv_changes where id = ?', [id]);
  if (row === undefined) return undefined;
  const steps = await rowsOf<CvStepRow>(
    store.read,
    'select * from cv_steps where change_id = ? order by at',
    [id],
  );
  return toCvChange(row, steps);
}
