import type { Sql } from '../databases/database';
import { rowOf } from '../sql';
import type { EndpointRow } from './endpoint';

/** A registration as its owner names it. */
interface Named {
  system: string;
  user: string | null;
  identity: string;
  /** The one user whose endpoints whoever registers may see; undefined for all of the system's. */
  visibleUser?: string | undefined;
}

/**
 * The endpoint that was registered under an identity: the user's own, else another's that whoever
 * registers may see, as when its owner widens it to all users.
 */
export function findByIdentity(
  on: Sql,
  { system, user, identity, visibleUser }: Named,
): Promise<EndpointRow | undefined> {
  const mayUse = visibleUser === undefined ? '' : 'and user_id = ?';
  return rowOf<EndpointRow>(
    on,
    `select * from endpoints where system = ? and identity = ? and deleted_at is null ${mayUse}
     order by case when coalesce(user_id, '') = ? then 0 else 1 end, id desc limit 1`,
    [system, identity, ...(visibleUser === undefined ? [] : [visibleUser]), user ?? ''],
  );
}
