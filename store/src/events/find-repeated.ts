import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import type { Candidate } from './candidate';

/** An event that was accepted before. */
export interface KnownEvent {
  key: string;
  id: string;
  type: string;
  content_hash: string;
  /** How many it had when it was looked up: none yet where this transaction accepts it. */
  deliveries: number;
}

/**
 * For each candidate that was there before, by its key, the event that it
 * repeats. Its id and its idempotency key may lead to two: then one that differs
 * counts, which makes a conflict.
 *
 * Whoever repeats an event is told that it is durable, too. PostgreSQL's standby may not have it yet,
 * where the first one's commit was cut off while it waited for that; and a transaction that writes
 * nothing waits for no standby. A lock on a row is written, and so waits.
 *
 * @param writesNothing whether the transaction has written nothing so far.
 */
export async function findRepeated(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  candidates: readonly Candidate[],
  writesNothing: boolean,
): Promise<Map<string, KnownEvent>> {
  if (candidates.length === 0) return new Map();
  const lock = store.dialect === 'postgres' && writesNothing ? 'for key share of e' : '';
  const rows = jsonRows(store.dialect, 'r', {
    key: 'text',
    id: 'text',
    system: 'text',
    user_id: 'text',
    idempotency_key: 'text',
    content_hash: 'text',
  });
  const found = await rowsOf<KnownEvent & { candidate: string }>(
    on,
    `select r.key as candidate, e.key as key, e.id as id, e.type as type, e.content_hash as content_hash,
       (select count(*) from deliveries d where d.event_key = e.key) as deliveries
     from ${rows}
     join events e on e.system = r.system and e.user_id = r.user_id
       and (e.id = r.id or e.idempotency_key = r.idempotency_key)
     order by case when e.content_hash = r.content_hash then 0 else 1 end ${lock}`,
    [
      jsonParameter(
        candidates.map(({ key, id, system, user_id, idempotency_key, content_hash }) => ({
          key,
          id,
          system,
          user_id,
          idempotency_key,
          content_hash,
        })),
      ),
    ],
  );
  return new Map(found.map((row) => [row.candidate, row]));
}
