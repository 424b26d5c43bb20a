import type { Sql } from '../databases/database';
import { rowsOf } from '../sql';
import type { EndpointRow } from './endpoint';

/**
 * Gives a new endpoint what detached ones of the same identity hold that it may get: its owner has
 * widened it to all users, or narrowed it to one. What is of other users stays, and ends with them.
 *
 * @param visibleUser the one user whose endpoints whoever registers may see; undefined for all.
 * @returns how many deliveries.
 */
export async function takeOverHeld(
  on: Sql,
  { id, system, identity, user_id }: EndpointRow,
  visibleUser: string | undefined,
): Promise<number> {
  const taken = await rowsOf(
    on,
    `update deliveries set endpoint_id = ?
     where finished_at is null and is_test = 0 ${user_id === null ? '' : 'and user_id = ?'}
       and endpoint_id in (select ep.id from endpoints ep
         where ep.system = ? and ep.identity = ? and ep.id <> ? and ep.status = 'detached'
           and ep.deleted_at is null ${visibleUser === undefined ? '' : 'and ep.user_id = ?'})
     returning id`,
    [
      id,
      ...(user_id === null ? [] : [user_id]),
      system,
      identity,
      id,
      ...(visibleUser === undefined ? [] : [visibleUser]),
    ],
  );
  return taken.length;
}
