import { where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { type CvChangeRecord, type CvChangeRow, type CvStepRow, toCvChange } from './cv-change';

/** The history, newest first. */
export async function listCvChanges(
  store: Store,
  filter: { status?: string | undefined },
  page: Page,
): Promise<Listed<CvChangeRecord>> {
  const conditions = { sql: [], bindings: [] };
  where(conditions, 'status = ?', filter.status);
  where(conditions, 'id < ?', page.cursor);
  const rows = await rowsOf<CvChangeRow>(
    store.read,
    `select * from cv_changes ${whereClause(conditions)} order by id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  const ids = rows.map(({ id }) => id);
  const steps = await rowsOf<CvStepRow>(
    store.read,
    `select * from cv_steps where change_id in (${ids.map(() => '?').join(', ') || 'null'}) order by at`,
    ids,
  );
  return toPage(
    rows.map((row) => toCvChange(row, steps)),
    page.limit,
    ({ id }) => id,
  );
}
