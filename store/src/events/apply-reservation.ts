import type { DeliveryToMake } from '../deliveries/load-deliveries';
import type { Reservation } from '../deliveries/reservation';
import type { Endpoint } from '../endpoints/endpoint';
import type { NewDelivery } from './address-deliveries';

/** The deliveries as they are written: what is sent is leased, and what has to wait for its endpoint is held. */
export function applyReservation(
  deliveries: readonly NewDelivery[],
  reservation: Pick<Reservation, 'send' | 'hold'> | undefined,
): readonly NewDelivery[] {
  if (reservation === undefined) return deliveries;
  const changed = new Map<string, DeliveryToMake>();
  for (const delivery of reservation.send) changed.set(delivery.id, delivery);
  for (const delivery of reservation.hold) {
    changed.set(delivery.id, { ...delivery, status: 'held', leaseUntil: null });
  }
  return deliveries.map(({ event, delivery }) => ({
    event,
    delivery: changed.get(delivery.id) ?? delivery,
  }));
}

/** Ids of the active endpoints that have to begin a backlog, since some of these deliveries wait for them. */
export function endpointsToBacklog(
  deliveries: readonly {
    delivery: Pick<DeliveryToMake, 'status'> & {
      endpoint: Pick<Endpoint, 'id' | 'status' | 'ordered' | 'backlogSince'>;
    };
  }[],
): string[] {
  const waiting = deliveries.flatMap(({ delivery: { status, endpoint } }) => {
    const waits = status === 'held' && endpoint.status === 'active';
    return waits && (endpoint.ordered || endpoint.backlogSince === null) ? [endpoint.id] : [];
  });
  return [...new Set(waiting)];
}
