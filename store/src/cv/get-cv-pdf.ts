import { rowOf } from '../sql';
import type { Store } from '../store';
import { CV_NAME } from '../cv-name';

/** The last PDF that was made, and of which version of the CV. */
export async function getCvPdf(
  store: Store,
): Promise<{ version: number; content: Buffer; createdAt: number } | undefined> {
  const row = await rowOf<{ version: number; content_base64: string; created_at: number }>(
    store.read,
    'select version, content_base64, created_at from cv_pdfs where name = ?',
    [CV_NAME],
  );
  return (
    row && {
      version: row.version,
      content: Buffer.from(row.content_base64, 'base64'),
      createdAt: row.created_at,
    }
  );
}
