import type { Sql } from '../databases/database';
import { CV_NAME } from '../cv/cv-change';
import { DELIVERY_LIFETIME_MS } from '../deliveries/delivery';
import type { DeliveryToMake } from '../deliveries/load-deliveries';
import { beginBacklogs } from '../endpoints/begin-backlogs';
import { loadRecipients, type Recipient } from '../endpoints/load-recipients';
import { newId } from '../ids';
import { jsonParameter, jsonRows, rowsOf, writeRows } from '../sql';
import type { Store } from '../store';
import type { Candidate } from './accept-events';
import type { BornDelivery } from './accepted-lately';
import { DELIVERY_FAILED } from './event';
import type { Reservation } from './reservation';

/**
 * Writes a delivery for each endpoint that is subscribed, and returns those of
 * each event, by its key. A delivery that can go out now is born leased to whoever
 * `reservation` gives it to; one whose endpoint has no slot for it is held, and the
 * endpoint's backlog begins. Where nobody makes attempts in this process, the
 * next dispatcher may take it.
 */
export async function writeDeliveries(
  store: Store,
  on: Sql,
  accepted: { events: readonly Candidate[]; now: number },
  reservation?: Reservation,
): Promise<Map<string, BornDelivery[]>> {
  const { events, now } = accepted;
  const written = new Map<string, BornDelivery[]>();
  const matches = await findMatches(store, on, events);
  if (matches.length === 0) return written;
  const recipients = await loadRecipients(
    store,
    [...new Set(matches.map(({ endpoint_id }) => endpoint_id))],
    on,
  );

  const byKey = new Map(events.map((event, index) => [event.key, { event, index }]));
  const born = matches
    .flatMap(({ key, endpoint_id }) => {
      const found = byKey.get(key);
      const recipient = recipients.get(endpoint_id);
      return found === undefined || recipient === undefined ? [] : [{ ...found, recipient }];
    })
    // Ids sort by time, so ids made in the order of the events keep that order.
    .sort((left, right) => left.index - right.index)
    .map(({ event, recipient }) => ({ event, delivery: newDelivery(event, recipient, now) }));

  const deliveries = await settle(store, on, born, reservation);
  await insert(store, on, deliveries);
  for (const { event, delivery } of born) {
    const ofEvent = written.get(event.key) ?? [];
    ofEvent.push({ id: delivery.id, endpointId: delivery.endpoint.id });
    written.set(event.key, ofEvent);
  }
  return written;
}

interface Born {
  event: Candidate;
  delivery: DeliveryToMake;
}

/** Decides of each delivery whether it goes out at once, is held, or is left to a dispatcher. */
async function settle(
  store: Store,
  on: Sql,
  born: readonly Born[],
  reservation: Reservation | undefined,
): Promise<Born[]> {
  const free = born.filter(({ event, delivery }) => isFree(event, delivery));
  const admitted = new Map(
    reservation
      ?.admit(
        free.map(({ delivery }) => delivery),
        born.length,
      )
      .map((delivery) => [delivery.id, delivery]),
  );
  const crowded = new Set(
    reservation === undefined
      ? []
      : free.flatMap(({ delivery }) => (admitted.has(delivery.id) ? [] : [delivery])),
  );
  const waiting = born
    .map(({ delivery }) => delivery)
    .filter(
      (delivery) =>
        crowded.has(delivery) ||
        (delivery.endpoint.ordered && delivery.endpoint.status === 'active'),
    );
  await beginBacklogs(store, on, [...new Set(waiting.map(({ endpoint }) => endpoint.id))]);
  const toBeTaken = born.some(
    ({ delivery }) => delivery.status === 'pending' && !admitted.has(delivery.id),
  );
  if (toBeTaken || waiting.length > 0) reservation?.leave();
  return born.map(({ event, delivery }) => ({
    event,
    delivery: crowded.has(delivery)
      ? { ...delivery, status: 'held', leaseUntil: null }
      : (admitted.get(delivery.id) ?? delivery),
  }));
}

/** Neither held nor told when to go by a throttle: it can go out as soon as it is durable. */
function isFree(event: Candidate, delivery: DeliveryToMake): boolean {
  return (
    delivery.status === 'pending' && event.throttle === undefined && event.flushes === undefined
  );
}

function newDelivery(event: Candidate, recipient: Recipient, now: number): DeliveryToMake {
  const { endpoint } = recipient;
  const held = endpoint.status !== 'active' || endpoint.ordered || endpoint.backlogSince !== null;
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

interface Match {
  key: string;
  endpoint_id: string;
}

/**
 * The endpoints of each event. The CV's own events are of no user: an endpoint that names one, from
 * before that was refused, gets them too, since there would be none for it.
 */
async function findMatches(store: Store, on: Sql, events: readonly Candidate[]): Promise<Match[]> {
  if (events.length === 0) return [];
  const wanted = jsonRows(store.dialect, 'e', {
    key: 'text',
    system: 'text',
    user_id: 'text',
    pattern: 'text',
  });
  return rowsOf<Match>(
    on,
    `select distinct e.key as key, ep.id as endpoint_id
     from ${wanted}
     join subscriptions s on s.system = e.system and s.pattern = e.pattern
     join endpoints ep on ep.id = s.endpoint_id
     where ep.deleted_at is null and ep.status <> 'disabled' and (ep.user_id is null or ep.user_id = e.user_id
       or (e.system = 'cv' and e.user_id = '${CV_NAME}'))`,
    [
      jsonParameter(
        events.flatMap(({ key, system, user_id, type }) =>
          patternsFor(type).map((pattern) => ({ key, system, user_id, pattern })),
        ),
      ),
    ],
  );
}

/** Every pattern that an event type matches: itself, `resume.*`, `*`; `*` leaves out what tells of deliveries. */
function patternsFor(type: string): string[] {
  const parts = type.split('.');
  const wildcards = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`);
  return [type, ...wildcards, ...(type === DELIVERY_FAILED ? [] : ['*'])];
}

async function insert(
  store: Store,
  on: Sql,
  born: readonly { event: Candidate; delivery: DeliveryToMake }[],
): Promise<void> {
  const columns = {
    id: 'text',
    event_key: 'text',
    endpoint_id: 'text',
    system: 'text',
    user_id: 'text',
    type: 'text',
    status: 'text',
    lease_until: 'bigint',
    burst_id: 'text',
    critical: 'integer',
    created_at: 'bigint',
    expires_at: 'bigint',
  } as const;
  const rows = born.map(({ event, delivery }) => ({
    id: delivery.id,
    event_key: event.key,
    endpoint_id: delivery.endpoint.id,
    system: event.system,
    user_id: event.user_id,
    type: event.type,
    status: delivery.status,
    lease_until: delivery.leaseUntil,
    burst_id: delivery.burstId,
    critical: Number(event.critical),
    created_at: event.created_at,
    expires_at: delivery.expiresAt,
  }));
  await writeRows(
    on,
    { dialect: store.dialect, columns, rows },
    (table) =>
      `insert into deliveries (id, event_key, endpoint_id, system, user_id, type, status, lease_until,
         burst_id, critical, next_attempt_at, expires_at, created_at)
       select id, event_key, endpoint_id, system, user_id, type, status, lease_until,
         burst_id, critical, created_at, expires_at, created_at from ${table}`,
  );
}
