import type { Sql } from '../databases/database';
import { rowOf } from '../sql';
import type { EndpointRow } from './endpoint';

/** A registration as its owner names it. */
interface Named {
  system: string;
  user: string | null;
  identity: string;
}

/** The endpoint that the same owner has registered under an identity. */
export function findByIdentity(
  on: Sql,
  { system, user, identity }: Named,
): Promise<EndpointRow | undefined> {
  return rowOf<EndpointRow>(
    on,
    `select * from endpoints
     where system = ? and identity = ? and coalesce(user_id, '') = ? and deleted_at is null`,
    [system, identity, user ?? ''],
  );
}
