import type { Value } from '../databases/database';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { CV_NAME } from '../cv-name';

export interface CvBackup {
  id: string;
  /** The version that was kept; 0 is the CV before anything was written. */
  version: number;
  /** The change that it was kept before. */
  changeId: string;
  createdAt: number;
}

/** The CV's earlier versions, newest first, without their content. */
export async function listCvBackups(store: Store, page: Page): Promise<Listed<CvBackup>> {
  const bindings: Value[] = page.cursor === undefined ? [CV_NAME] : [CV_NAME, page.cursor];
  const rows = await rowsOf<{ id: string; version: number; change_id: string; created_at: number }>(
    store.read,
    `select id, version, change_id, created_at from cv_backups
     where name = ? ${page.cursor === undefined ? '' : 'and id < ?'} order by id desc limit ?`,
    [...bindings, page.limit + 1],
  );
  const backups = rows.map((row) => ({
    id: row.id,
    version: row.version,
    changeId: row.change_id,
    createdAt: row.created_at,
  }));
  return toPage(backups, page.limit, ({ id }) => id);
}
