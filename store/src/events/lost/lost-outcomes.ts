import type { Sql } from '../../databases/database';
import type { DeliveryStatus } from '../../deliveries/delivery';
import { jsonParameter, jsonRows, rowsOf } from '../../sql';
import type { Store } from '../../store';
import type { BornDelivery, KeptEvent } from '../accepted-lately';

/** A delivery that was accepted here, and that the database knew nothing of any more. */
export interface LostDelivery {
  eventId: string;
  /** Null, as is the endpoint, where nobody was subscribed to the event. */
  deliveryId: string | null;
  endpointId: string | null;
  /**
   * Its status now that it was accepted again; `published_again` where its producer had done so
   * meanwhile, which is another delivery; `endpoint_lost` where the database lacks its endpoint, too;
   * null where there is none.
   */
  outcome: DeliveryStatus | 'published_again' | 'endpoint_lost' | null;
}

/** @param isThere tells by an event's key whether the database has it, as it was accepted here. */
export async function outcomesOf(
  store: Store,
  on: Sql,
  events: readonly KeptEvent[],
  isThere: (key: string) => boolean,
): Promise<LostDelivery[]> {
  const statuses = await statusesOf(
    store,
    on,
    events.flatMap(({ deliveries }) => deliveries),
  );
  return events.flatMap((each) => tell(each, isThere(each.event.key), statuses));
}

function tell(
  { event, deliveries }: KeptEvent,
  isThere: boolean,
  statuses: ReadonlyMap<string, DeliveryStatus>,
): LostDelivery[] {
  const eventId = event.id;
  if (deliveries.length === 0) {
    const outcome = isThere ? null : 'published_again';
    return [{ eventId, deliveryId: null, endpointId: null, outcome }];
  }
  return deliveries.map(({ id, endpointId }) => ({
    eventId,
    deliveryId: id,
    endpointId,
    outcome: isThere ? (statuses.get(id) ?? 'endpoint_lost') : 'published_again',
  }));
}

async function statusesOf(
  store: Store,
  on: Sql,
  deliveries: readonly BornDelivery[],
): Promise<Map<string, DeliveryStatus>> {
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<{ id: string; status: DeliveryStatus }>(
    on,
    `select d.id, d.status from ${wanted} join deliveries d on d.id = r.id`,
    [jsonParameter(deliveries.map(({ id }) => ({ id })))],
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}
