import { where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { type ApiKey, type ApiKeyRow, toApiKey } from './api-key';

/** Keys, newest first, revoked ones included. */
export async function listKeys(store: Store, page: Page): Promise<Listed<ApiKey>> {
  const conditions = { sql: [], bindings: [] };
  where(conditions, 'id < ?', page.cursor);
  const rows = await rowsOf<ApiKeyRow>(
    store.read,
    `select * from api_keys ${whereClause(conditions)} order by id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toApiKey), page.limit, (key) => key.id);
}
