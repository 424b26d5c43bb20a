import { type Listed, type Page, rowsOf, toPage, visibleTo, where, whereClause } from '../sql';
import type { Scope, Store } from '../store';
import { type Endpoint, type EndpointRow, type EndpointStatus, toEndpoint } from './endpoint';

/** Endpoints that `scope` may see, newest first. */
export async function listEndpoints(
  store: Store,
  scope: Scope,
  filter: { status?: EndpointStatus; url?: string },
  page: Page,
): Promise<Listed<Endpoint>> {
  const conditions = visibleTo(scope, 'endpoints');
  conditions.sql.push('deleted_at is null');
  where(conditions, 'status = ?', filter.status);
  where(conditions, 'url = ?', filter.url);
  where(conditions, 'id < ?', page.cursor);
  const rows = await rowsOf<EndpointRow>(
    store.read,
    `select * from endpoints ${whereClause(conditions)} order by id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toEndpoint), page.limit, (endpoint) => endpoint.id);
}
