import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { Sql } from '../../databases/database';
import { DELIVERY_LIFETIME_MS } from '../../deliveries/delivery';
import type { Endpoint, EndpointStatus } from '../../endpoints/endpoint';
import { jsonParameter, jsonRows, rowsOf } from '../../sql';
import type { Store } from '../../store';
import type { KeptEvent } from '../accepted-lately';
import { hasToWait } from '../backlogs';
import { throttleKey } from '../throttle/throttle-key';
import type { DeliveryToWrite } from '../write-deliveries';

/** Why a lost delivery is not to be sent any more. */
type Cancellation = Extract<
  DeliveryErrorCode,
  'superseded' | 'endpoint_deleted' | 'endpoint_disabled'
>;

/** A lost delivery that is to be written again, as far as its endpoint is there. */
export interface AddressedLost extends DeliveryToWrite {
  delivery: DeliveryToWrite['delivery'] & { endpoint: Recipient };
  /** Null where it is to be sent. */
  cancelledAs: Cancellation | null;
}

/** What of an endpoint says what becomes of its lost deliveries. */
interface Recipient extends Pick<Endpoint, 'id' | 'status' | 'ordered' | 'backlogSince'> {
  deletedAt: number | null;
}

/**
 * The deliveries of events that are accepted again, with their ids: they wait as those of new events do,
 * and those that have become needless meanwhile are cancelled. What does not wait is leased until
 * `leaseUntil` (Unix milliseconds), since its first attempt may be under way.
 */
export async function addressLost(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
  leaseUntil: number,
): Promise<AddressedLost[]> {
  const recipients = await recipientsOf(store, on, events);
  const superseded = await supersededOf(store, on, events);
  return events.flatMap(({ event, deliveries }) =>
    deliveries.flatMap(({ id, endpointId }) => {
      const endpoint = recipients.get(endpointId);
      if (endpoint === undefined) return [];
      const held = hasToWait(endpoint);
      const delivery: AddressedLost['delivery'] = {
        id,
        status: held ? 'held' : 'pending',
        leaseUntil: held ? null : leaseUntil,
        expiresAt: event.created_at + DELIVERY_LIFETIME_MS,
        burstId: null,
        endpoint,
      };
      const cancelledAs = superseded.has(id) ? 'superseded' : unwanted(endpoint);
      return [{ event, delivery, cancelledAs }];
    }),
  );
}

function unwanted({ deletedAt, status }: Recipient): Cancellation | null {
  if (deletedAt !== null) return 'endpoint_deleted';
  return status === 'disabled' ? 'endpoint_disabled' : null;
}

async function recipientsOf(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Map<string, Recipient>> {
  const ids = new Set(
    events.flatMap(({ deliveries }) => deliveries.map((each) => each.endpointId)),
  );
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<{
    id: string;
    status: string;
    ordered: number;
    backlog_since: number | null;
    deleted_at: number | null;
  }>(
    on,
    `select ep.id, ep.status, ep.ordered, ep.backlog_since, ep.deleted_at
     from ${wanted} join endpoints ep on ep.id = r.id`,
    [jsonParameter([...ids].map((id) => ({ id })))],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        status: row.status as EndpointStatus,
        ordered: row.ordered === 1,
        backlogSince: row.backlog_since,
        deletedAt: row.deleted_at,
      },
    ]),
  );
}

/** Of throttled events, ids of the deliveries that a newer one has taken the place of since. */
async function supersededOf(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
): Promise<Set<string>> {
  const throttled = events.flatMap(({ event, deliveries }) =>
    event.throttle === undefined
      ? []
      : deliveries.map(({ id, endpointId }) => ({ id, endpointId, key: throttleKey(event) })),
  );
  if (throttled.length === 0) return new Set();
  const wanted = jsonRows(store.dialect, 'r', { id: 'text', endpointId: 'text', key: 'text' });
  const rows = await rowsOf<{ id: string }>(
    on,
    `select r.id from ${wanted} where exists (select 1 from deliveries d
       where d.throttle_key = r.key and d.endpoint_id = r."endpointId" and d.id > r.id)`,
    [jsonParameter(throttled)],
  );
  return new Set(rows.map(({ id }) => id));
}
