import {
  type DeliveryToMake,
  type DeliveryToReserve,
  FIRST_ATTEMPT_LEASE_MS,
  type FirstAttempts,
  type Reservation,
} from '@careerhooks/store';
import type { EndpointLimiter } from '../limiter/endpoint-limiter';
import type { Slot } from '../limiter/slot';
import type { Bursts } from './bursts';
import type { FirstSender } from './send-first';

/**
 * What this process takes of the deliveries that a transaction writes: those that there is a slot for. The
 * others of these wait in their endpoints' backlogs.
 *
 * - *Reserved*: each delivery of `send` keeps a slot.
 * - *Committed*: they go out, with their slots. What the reservation leaves to the dispatcher, that is told of.
 * - *Cancelled*: their slots are given back. Neither of the two can become the other.
 */
export function createFirstAttempts(settings: {
  limiter: Pick<EndpointLimiter, 'acquire'>;
  bursts: Pick<Bursts, 'burstFor'>;
  first: Pick<FirstSender, 'send'>;
  /** Has the dispatcher look into the database. */
  wake: () => void;
}): FirstAttempts {
  const { limiter, bursts, first, wake } = settings;

  function reserve(deliveries: readonly DeliveryToReserve[]): Reservation {
    const fit: { delivery: DeliveryToMake; slot: Slot }[] = [];
    const hold: DeliveryToMake[] = [];
    for (const each of deliveries) {
      if (!canGoNow(each)) continue;
      const slot = limiter.acquire(each.delivery.endpoint);
      if (slot === undefined) hold.push(each.delivery);
      else fit.push({ delivery: each.delivery, slot });
    }
    const burstId = bursts.burstFor(fit.length, deliveries.length) ?? null;
    const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
    const marked = fit.map(({ delivery, slot }) => ({
      delivery: { ...delivery, burstId, leaseUntil },
      slot,
    }));
    const leaves = hold.length > 0 || deliveries.some(isForDispatcher);
    let open = true;

    return {
      send: marked.map(({ delivery }) => delivery),
      hold,
      commit() {
        if (!open) return;
        open = false;
        for (const { delivery, slot } of marked) first.send(delivery, slot);
        if (leaves) wake();
      },
      cancel() {
        if (!open) return;
        open = false;
        for (const { slot } of marked) slot.release();
      },
    };
  }

  return { reserve };
}

/** It does not wait for its endpoint, nor for its throttle. */
function canGoNow({ delivery, throttled }: DeliveryToReserve): boolean {
  return delivery.status === 'pending' && !throttled;
}

/** What the dispatcher has to look for: what is throttled, and the next of an ordered endpoint. */
function isForDispatcher({ delivery, throttled }: DeliveryToReserve): boolean {
  if (delivery.status === 'pending') return throttled;
  return delivery.endpoint.ordered && delivery.endpoint.status === 'active';
}
