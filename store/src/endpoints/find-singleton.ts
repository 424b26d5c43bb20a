import type { Sql } from '../databases/database';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/** The owner's one configuration in a product that has no more. */
export async function findSingleton(
  store: Store,
  owner: { system: string; user: string | null },
): Promise<Endpoint | undefined> {
  const row = await findSingletonRow(store.read, owner);
  return row && toEndpoint(row);
}

/** As `findSingleton`, for changing it. */
export function findSingletonRow(
  on: Sql,
  owner: { system: string; user: string | null },
): Promise<EndpointRow | undefined> {
  return rowOf<EndpointRow>(
    on,
    `select * from endpoints
     where system = ? and coalesce(user_id, '') = ? and singleton = 1 and deleted_at is null`,
    [owner.system, owner.user ?? ''],
  );
}
