import type { DeliveryToMake } from '../deliveries/load-deliveries';
import type { Reservation } from '../deliveries/reservation';
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
  return deliveries.map((each) => ({
    ...each,
    delivery: changed.get(each.delivery.id) ?? each.delivery,
  }));
}
