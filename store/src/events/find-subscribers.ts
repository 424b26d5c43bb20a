import { CV_NAME } from '../cv-name';
import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import type { Candidate } from './candidate';
import { DELIVERY_FAILED } from './event';

/** An event, by its key, and an endpoint that is to get it. */
export interface Subscription {
  key: string;
  endpoint_id: string;
}

/**
 * The endpoints of each event. The CV's own events are of no user: an endpoint that names one, from
 * before that was refused, gets them too, since there would be none for it.
 */
export async function findSubscribers(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  events: readonly Candidate[],
): Promise<Subscription[]> {
  if (events.length === 0) return [];
  const wanted = jsonRows(store.dialect, 'e', {
    key: 'text',
    system: 'text',
    user_id: 'text',
    pattern: 'text',
  });
  return rowsOf<Subscription>(
    on,
    `select distinct e.key as key, ep.id as endpoint_id
     from ${wanted}
     join subscriptions s on s.system = e.system and s.pattern = e.pattern
     join endpoints ep on ep.id = s.endpoint_id
     where ep.deleted_at is null and ep.status <> 'disabled' and (ep.user_id is null or ep.user_id = e.user_id
       or (e.system = 'cv' and e.user_id = '${CV_NAME}'))`,
    [
      jsonParameter(
        events.flatMap(({ key, system, user_id, type }) =>
          patternsFor(type).map((pattern) => ({ key, system, user_id, pattern })),
        ),
      ),
    ],
  );
}

/** Every pattern that an event type matches: itself, `resume.*`, `*`; `*` leaves out what tells of deliveries. */
function patternsFor(type: string): string[] {
  const parts = type.split('.');
  const wildcards = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`);
  return [type, ...wildcards, ...(type === DELIVERY_FAILED ? [] : ['*'])];
}
