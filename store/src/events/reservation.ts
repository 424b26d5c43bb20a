import { FIRST_ATTEMPT_LEASE_MS, type FirstAttempts } from '../deliveries/first-attempts';
import type { DeliveryToMake } from '../deliveries/load-deliveries';

/** What one transaction hands over to whoever makes first attempts, once it is durable. */
export interface Reservation {
  /**
   * Of these deliveries, those that there is a slot for: leased, and marked with what carries them.
   *
   * @param written how many the transaction writes, those too that have to wait.
   */
  admit(deliveries: readonly DeliveryToMake[], written: number): DeliveryToMake[];
  /** Something that can go out is left to the dispatchers. */
  leave(): void;
  /** The events of these keys were deleted again, within the transaction. */
  drop(eventKeys: ReadonlySet<string>): void;
  /** The transaction is durable. */
  complete(): void;
  /** It did not come about, or is to run again. */
  giveBack(): void;
}

export function createReservation(to: FirstAttempts): Reservation {
  let admitted: DeliveryToMake[] = [];
  let left = false;
  return {
    admit(deliveries, written) {
      const fit = deliveries.filter(({ endpoint }) => to.admit(endpoint));
      const burstId = to.burstFor(fit.length, written) ?? null;
      const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
      const marked = fit.map((delivery) => ({ ...delivery, burstId, leaseUntil }));
      admitted.push(...marked);
      return marked;
    },
    leave: () => void (left = true),
    drop(eventKeys) {
      for (const { event, endpoint } of admitted) {
        if (eventKeys.has(event.key)) to.giveBack(endpoint.id);
      }
      admitted = admitted.filter(({ event }) => !eventKeys.has(event.key));
    },
    complete() {
      const taken = admitted;
      const wake = left;
      admitted = [];
      left = false;
      to.sendReserved(taken);
      if (wake) to.wake();
    },
    giveBack() {
      for (const { endpoint } of admitted) to.giveBack(endpoint.id);
      admitted = [];
      left = false;
    },
  };
}
