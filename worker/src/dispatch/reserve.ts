import {
  type DeliveryToMake,
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
  sender: Pick<FirstSender, 'send'>;
  /** Has the dispatcher look into the database. */
  wake: () => void;
}): FirstAttempts {
  const { limiter, bursts, sender, wake } = settings;

  function reserve(deliveries: readonly DeliveryToMake[]): Reservation {
    const fit: { delivery: DeliveryToMake; slot: Slot }[] = [];
    const hold: DeliveryToMake[] = [];
    for (const delivery of deliveries) {
      if (!canGoNow(delivery)) continue;
      const slot = limiter.acquire(delivery.endpoint);
      if (slot === undefined) hold.push(delivery);
      else fit.push({ delivery, slot });
    }
    const burstId = bursts.burstFor(fit.length, deliveries.length) ?? null;
    const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
    let reserved = fit.map(({ delivery, slot }) => ({
      delivery: { ...delivery, burstId, leaseUntil },
      slot,
    }));
    const leaves = hold.length > 0 || deliveries.some(isForDispatcher);

    return {
      send: reserved.map(({ delivery }) => delivery),
      hold,
      commit() {
        const taken = reserved;
        reserved = [];
        for (const { delivery, slot } of taken) sender.send(delivery, slot);
        if (leaves) wake();
      },
      cancel() {
        for (const { slot } of reserved) slot.release();
        reserved = [];
      },
    };
  }

  return { reserve };
}

/** It does not wait for its endpoint, nor for its throttle. */
function canGoNow({ status, nextAttemptAt }: DeliveryToMake): boolean {
  return status === 'pending' && nextAttemptAt !== null;
}

/** What the dispatcher has to look for: what is throttled, and the next of an ordered endpoint. */
function isForDispatcher(delivery: DeliveryToMake): boolean {
  if (delivery.status === 'pending') return !canGoNow(delivery);
  return delivery.endpoint.ordered && delivery.endpoint.status === 'active';
}
