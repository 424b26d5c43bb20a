import { rowOf } from '../sql';
import type { Store } from '../store';
import { CV_NAME } from '../cv-name';

/** An earlier version of the CV: JSON text, empty where nothing had been written. */
export async function getCvBackup(store: Store, id: string): Promise<string | undefined> {
  const row = await rowOf<{ document: string }>(
    store.read,
    'select document from cv_backups where name = ? and id = ?',
    [CV_NAME, id],
  );
  return row?.document;
}
