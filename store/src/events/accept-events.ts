import type { Sql } from '../databases/database';
import type { FirstAttempts } from '../deliveries/reservation';
import { beginBacklogs } from '../endpoints/begin-backlogs';
import { StoreError } from '../errors';
import type { Store } from '../store';
import { type AcceptedRow, acceptPublications, type Publication } from './accept-publications';
import type { BornDelivery, KeptEvent } from './accepted-lately';
import { addressDeliveries, type NewDelivery } from './address-deliveries';
import { applyReservation } from './apply-reservation';
import { endpointsToBacklog } from './backlogs';
import type { Candidate } from './candidate';
import type { AcceptedEvent, NewEvent } from './new-event';
import { throttleDeliveries } from './throttle/throttle-deliveries';
import { writeDeliveries } from './write-deliveries';

/** What a transaction has accepted, unless it fails. */
export interface Acceptance {
  /** For each publication, what it came to. */
  outcomes: (AcceptedEvent[] | StoreError)[];
  /** The events that were not there before, with their deliveries. */
  kept: KeptEvent[];
}

/**
 * Accepts publications within a transaction: writes their events, and a delivery of each for every
 * endpoint that is subscribed. What can go out at once is reserved by whoever makes first attempts in
 * this process; what waits for its endpoint is held in that one's backlog; what is throttled gets its
 * time. Without `reserve` the next dispatcher takes what can go out.
 */
export async function acceptEvents(
  store: Store,
  on: Sql,
  publications: readonly Publication[],
  reserve?: FirstAttempts['reserve'],
): Promise<Acceptance> {
  const now = Date.now();
  const { outcomes, fresh } = await acceptPublications(store, on, publications, now);
  const addressed = await addressDeliveries(store, on, fresh, now);
  if (addressed.length > 0) {
    const reservation = reserve?.(addressed);
    const deliveries = applyReservation(addressed, reservation);
    await beginBacklogs(store, on, endpointsToBacklog(deliveries));
    await writeDeliveries(store, on, deliveries);
  }
  await throttleDeliveries(store, on, fresh, now);
  const kept = keptEvents(fresh, addressed);
  return { outcomes: tell(outcomes, kept), kept };
}

/** Accepts events within a transaction that writes more than them. */
export async function acceptWithin(
  store: Store,
  on: Sql,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await acceptEvents(
    store,
    on,
    events.map((event) => [event]),
  );
}

function keptEvents(fresh: readonly Candidate[], deliveries: readonly NewDelivery[]): KeptEvent[] {
  const ofEvent = new Map<string, BornDelivery[]>();
  for (const { event, delivery } of deliveries) {
    const born = ofEvent.get(event.key) ?? [];
    born.push({ id: delivery.id, endpointId: delivery.endpoint.id });
    ofEvent.set(event.key, born);
  }
  return fresh.map((event) => ({ event, deliveries: ofEvent.get(event.key) ?? [] }));
}

/** A duplicate tells how many deliveries there were the first time, which may be this transaction. */
function tell(
  outcomes: readonly (AcceptedRow[] | StoreError)[],
  kept: readonly KeptEvent[],
): (AcceptedEvent[] | StoreError)[] {
  const counts = new Map(kept.map(({ event, deliveries }) => [event.key, deliveries.length]));
  return outcomes.map((outcome) => {
    if (outcome instanceof StoreError) return outcome;
    return outcome.map(({ duplicate, event }) => {
      const before = duplicate ? event.deliveries : 0;
      const deliveries = counts.get(event.key) ?? before;
      return { id: event.id, type: event.type, deliveries, duplicate };
    });
  });
}
