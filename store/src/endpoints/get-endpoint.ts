import { type Scope, visibleTo, whereClause } from '../conditions';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { type Endpoint, ENDPOINT_COLUMNS, type EndpointRow, toEndpoint } from './endpoint';

/**
 * The endpoint, unless `scope` may not see it, or it was deleted and `even` does not say otherwise.
 */
export async function getEndpoint(
  store: Store,
  id: string,
  scope: Scope = {},
  even?: 'deleted',
): Promise<Endpoint | undefined> {
  const conditions = visibleTo(scope, 'endpoints');
  conditions.sql.push('id = ?');
  if (even === undefined) conditions.sql.push('deleted_at is null');
  const row = await rowOf<EndpointRow>(
    store.read,
    `select ${ENDPOINT_COLUMNS} from endpoints ${whereClause(conditions)}`,
    [...conditions.bindings, id],
  );
  return row && toEndpoint(row);
}
