import { rowOf } from '../sql';
import type { Store } from '../store';
import { CV_NAME } from '../cv-name';
import type { CvRow } from './write-cv';

/** The CV as it is; undefined before the first change. */
export async function getCv(
  store: Store,
): Promise<{ version: number; document: string; updatedAt: number } | undefined> {
  const row = await rowOf<CvRow>(
    store.read,
    'select version, document, updated_at from cv_documents where name = ? and version > 0',
    [CV_NAME],
  );
  return row && { version: row.version, document: row.document, updatedAt: row.updated_at };
}
