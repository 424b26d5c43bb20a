import { type Conditions, type Scope, visibleTo, where, whereClause } from '../conditions';
import { type Listed, type Page, toPage } from '../page';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import {
  type Endpoint,
  ENDPOINT_COLUMNS,
  type EndpointRow,
  type EndpointStatus,
  toEndpoint,
} from './endpoint';
import { urlKey } from './url-key';

/** Endpoints that `scope` may see, newest first. */
export async function listEndpoints(
  store: Store,
  scope: Scope,
  filter: { status?: EndpointStatus; identity?: string; url?: string; search?: string },
  page: Page,
): Promise<Listed<Endpoint>> {
  const conditions = visibleTo(scope, 'endpoints');
  conditions.sql.push('deleted_at is null');
  where(conditions, 'status = ?', filter.status);
  where(conditions, 'identity = ?', filter.identity);
  if (filter.url !== undefined) addUrl(conditions, filter.url);
  if (filter.search !== undefined) addSearch(conditions, filter.search);
  where(conditions, 'id < ?', page.cursor);
  const rows = await rowsOf<EndpointRow>(
    store.read,
    `select ${ENDPOINT_COLUMNS} from endpoints ${whereClause(conditions)} order by id desc limit ?`,
    [...conditions.bindings, page.limit + 1],
  );
  return toPage(rows.map(toEndpoint), page.limit, (endpoint) => endpoint.id);
}

/** The URL, however it is spelled. */
function addUrl(conditions: Conditions, url: string): void {
  conditions.sql.push('(url_key = ? or url = ?)');
  conditions.bindings.push(urlKey(url), url);
}

/**
 * Text somewhere in the URL or the description, in any case (on SQLite, of ASCII letters); or the
 * URL, however it is spelled.
 */
function addSearch(conditions: Conditions, text: string): void {
  const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`;
  conditions.sql.push(
    `(lower(url) like lower(?) escape '!' or url_key = ?
       or lower(description) like lower(?) escape '!')`,
  );
  conditions.bindings.push(pattern, urlKey(text), pattern);
}
