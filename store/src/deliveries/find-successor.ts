import type { Sql } from '../databases/database';
import { rowOf } from '../sql';

/**
 * Which endpoint took over from the deleted one of a delivery: the one that the same owner has with its
 * identity, else at its URL. Undefined where its endpoint is there, or none took over.
 */
export async function findSuccessor(on: Sql, deliveryId: string): Promise<string | undefined> {
  const row = await rowOf<{ id: string }>(
    on,
    `select next.id from deliveries d
     join endpoints gone on gone.id = d.endpoint_id and gone.deleted_at is not null
     join endpoints next on next.system = gone.system and next.deleted_at is null
       and next.status <> 'disabled' and coalesce(next.user_id, '') = coalesce(gone.user_id, '')
       and (next.identity = gone.identity or next.url_key = gone.url_key)
     where d.id = ?
     order by case when next.identity = gone.identity then 0 else 1 end, next.id desc limit 1`,
    [deliveryId],
  );
  return row?.id;
}
