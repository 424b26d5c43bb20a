import {
  assignBurst,
  type ClaimedDelivery,
  type DeliveryToMake,
  holdDelivery,
  loadDeliveries,
  type Store,
} from '@careerhooks/store';
import type { Slot } from '../limiter/slot';
import type { Bursts } from './bursts';
import type { FirstSender } from './send-first';

/** A delivery that was claimed from the database, with its slot. */
export interface ClaimedWithSlot {
  delivery: ClaimedDelivery;
  slot: Slot;
}

/** Makes the first attempts of deliveries that were claimed from the database. */
export interface ClaimedSender {
  /** Answers for the slots, also where it throws: what is leased then is claimed again later. */
  send(claimed: readonly ClaimedWithSlot[]): Promise<void>;
}

export function createClaimedSender(settings: {
  store: Store;
  bursts: Pick<Bursts, 'burstFor'>;
  first: Pick<FirstSender, 'send'>;
}): ClaimedSender {
  const { store, bursts, first } = settings;

  /** Those whose endpoints are active, marked with what carries them; the others are held. */
  async function prepare(claimed: readonly ClaimedWithSlot[]): Promise<DeliveryToMake[]> {
    const ids = claimed.map(({ delivery }) => delivery.id);
    const deliveries = await loadDeliveries(store, ids);
    const ready = deliveries.filter(({ endpoint }) => endpoint.status === 'active');
    const idle = deliveries.filter(({ endpoint }) => endpoint.status !== 'active');
    for (const { id } of idle) await holdDelivery(store, id);
    const burstId = bursts.burstFor(ready.length, ready.length) ?? null;
    const others = ready.filter((delivery) => delivery.burstId !== burstId);
    await assignBurst(
      store,
      others.map(({ id }) => id),
      burstId,
    );
    return ready.map((delivery) => ({ ...delivery, burstId }));
  }

  return {
    async send(claimed) {
      const slots = new Map(claimed.map(({ delivery, slot }) => [delivery.id, slot]));
      try {
        for (const delivery of await prepare(claimed)) {
          const slot = slots.get(delivery.id);
          if (slot !== undefined) first.send(delivery, slot);
        }
      } finally {
        for (const slot of slots.values()) slot.release();
      }
    },
  };
}
