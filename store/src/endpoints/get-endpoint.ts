import type { Sql } from '../databases/database';
import { rowOf, visibleTo, whereClause } from '../sql';
import type { Scope, Store } from '../store';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/** The endpoint, unless it was deleted or `scope` may not see it. */
export async function getEndpoint(
  store: Store,
  id: string,
  scope: Scope = {},
  on: Sql = store.read,
): Promise<Endpoint | undefined> {
  const conditions = visibleTo(scope, 'endpoints');
  conditions.sql.push('id = ?', 'deleted_at is null');
  const row = await rowOf<EndpointRow>(on, `select * from endpoints ${whereClause(conditions)}`, [
    ...conditions.bindings,
    id,
  ]);
  return row && toEndpoint(row);
}
