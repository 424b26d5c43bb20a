import type { Sql } from '../databases/database';
import { DELIVERY_LIFETIME_MS } from '../deliveries/delivery';
import type { DeliveryToMake } from '../deliveries/load-deliveries';
import type { DeliveryToReserve } from '../deliveries/reservation';
import { loadRecipients, type Recipient } from '../endpoints/load-recipients';
import { newId } from '../ids';
import type { Store } from '../store';
import { hasToWait } from './backlogs';
import type { Candidate } from './candidate';
import { findSubscribers } from './find-subscribers';

/** A delivery that is to be written, with its event. */
export interface NewDelivery extends DeliveryToReserve {
  event: Candidate;
}

/**
 * One delivery of each event for each endpoint that is subscribed to it, in the order of the events. Those
 * of endpoints that cannot take them now, or that have a backlog, are held.
 *
 * @param now Unix milliseconds.
 */
export async function addressDeliveries(
  store: Store,
  on: Sql,
  events: readonly Candidate[],
  now: number,
): Promise<NewDelivery[]> {
  const subscriptions = await findSubscribers(store, on, events);
  const endpointIds = new Set(subscriptions.map(({ endpoint_id }) => endpoint_id));
  const recipients = await loadRecipients(store, [...endpointIds], on);
  const byKey = new Map(events.map((event, index) => [event.key, { event, index }]));
  return (
    subscriptions
      .flatMap(({ key, endpoint_id }) => {
        const found = byKey.get(key);
        const recipient = recipients.get(endpoint_id);
        return found === undefined || recipient === undefined ? [] : [{ ...found, recipient }];
      })
      // Ids sort by time, so ids made in the order of the events keep that order.
      .sort((left, right) => left.index - right.index)
      .map(({ event, recipient }) => ({
        event,
        delivery: newDelivery(event, recipient, now),
        throttled: event.throttle !== undefined || event.flushes !== undefined,
      }))
  );
}

function newDelivery(event: Candidate, recipient: Recipient, now: number): DeliveryToMake {
  const { endpoint } = recipient;
  const held = hasToWait(endpoint);
  return {
    id: newId(),
    status: held ? 'held' : 'pending',
    attempts: 0,
    attemptsBeforeRound: 0,
    nextAttemptAt: now,
    leaseUntil: held ? null : now,
    expiresAt: now + DELIVERY_LIFETIME_MS,
    isTest: false,
    burstId: null,
    event: {
      key: event.key,
      id: event.id,
      system: event.system,
      user: event.user_id,
      type: event.type,
      data: event.data,
      previousAttributes: event.previous_attributes,
      isTest: false,
      createdAt: event.created_at,
    },
    ...recipient,
  };
}
