import { hash } from 'node:crypto';
import type { Sql } from '../databases/database';
import { StoreError } from '../errors';
import { createGroupCommit, type GroupCommit } from '../group-commit';
import { newId } from '../ids';
import type { FirstAttempts } from '../deliveries/first-attempts';
import { committerOf, jsonParameter, jsonRows, rowsOf, writeRows } from '../sql';
import type { Store } from '../store';
import type { KeptEvent } from './accepted-lately';
import { createReservation, type Reservation } from './reservation';
import { writeDeliveries } from './write-deliveries';
import { throttleDeliveries } from './throttle-deliveries';

/** An event as its producer publishes it. */
export interface NewEvent {
  system: string;
  user: string;
  type: string;
  /** JSON text of an object. */
  data: string;
  previousAttributes?: string;
  /**
   * What tells this event from another with the same id or key, where that is not the texts above: the
   * same objects in another spelling.
   */
  compared?: { data: string; previousAttributes?: string };
  /** The producer's own id; one is made where there is none. */
  id?: string;
  /** The producer's key for this publication; publishing it again gives the first event. */
  idempotencyKey?: string;
  /** Should a delivery of it fail for good, an event `delivery.failed` says so. */
  critical?: boolean;
  /** For each endpoint, at most one event of this type and key goes out in `windowMs`; the newest wins. */
  throttle?: { key: string; windowMs: number };
  /** What waits for this key by its throttle goes out at once, before this event. */
  flushes?: { key: string };
}

export interface AcceptedEvent {
  id: string;
  type: string;
  /** How many deliveries were written for it; for a duplicate, those of the first time. */
  deliveries: number;
  duplicate: boolean;
}

const MAX_EVENTS_PER_TRANSACTION = 1000;

/**
 * The way in: events that are published at the same time share a transaction.
 * A promise of `add` resolves once its events and one delivery row for each
 * endpoint that matches are durable. One call's events are accepted together or
 * not at all: where one of them re-uses an id or idempotency key for other
 * content, its result is a StoreError `idempotency_conflict`, and none of that
 * call's events is kept.
 */
export type EventIntake = GroupCommit<readonly NewEvent[], AcceptedEvent[] | StoreError>;

/**
 * Opens the way in; one for each process.
 *
 * @param firstAttempts who gets what was written, where this process makes attempts.
 */
export function createEventIntake(store: Store, firstAttempts?: FirstAttempts): EventIntake {
  const reservation = firstAttempts && createReservation(firstAttempts);
  let fresh: KeptEvent[] = [];
  return createGroupCommit<readonly NewEvent[], AcceptedEvent[] | StoreError, Sql>(
    committerOf(store),
    {
      write(on, publications) {
        // Whatever an earlier try of this transaction was about to hand over.
        reservation?.giveBack();
        fresh = [];
        return accept(store, on, publications, { reservation, fresh });
      },
      committed() {
        store.lately?.accepted(fresh);
        reservation?.complete();
      },
      failed: () => reservation?.giveBack(),
    },
    { maxWeight: MAX_EVENTS_PER_TRANSACTION, weigh: (events) => events.length },
  );
}

export interface Candidate {
  key: string;
  id: string;
  system: string;
  user_id: string;
  type: string;
  data: string;
  previous_attributes: string | null;
  idempotency_key: string | null;
  content_hash: string;
  created_at: number;
  critical: boolean;
  throttle: NewEvent['throttle'];
  flushes: NewEvent['flushes'];
}

/** Accepts events within a transaction that writes more than them. */
export async function acceptWithin(
  store: Store,
  on: Sql,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length > 0)
    await accept(
      store,
      on,
      events.map((event) => [event]),
      { reservation: undefined, fresh: [] },
    );
}

/** What becomes of what is accepted, once it is durable. */
interface Acceptance {
  reservation: Reservation | undefined;
  /** Gets the events that were not there before. */
  fresh: KeptEvent[];
}

async function accept(
  store: Store,
  on: Sql,
  publications: readonly (readonly NewEvent[])[],
  acceptance: Acceptance,
): Promise<(AcceptedEvent[] | StoreError)[]> {
  const now = Date.now();
  const { reservation } = acceptance;
  const groups = publications.map((events) => events.map((event) => toCandidate(event, now)));
  const candidates = groups.flat();
  const fresh = await insertEvents(store, on, candidates);
  const deliveries = await writeDeliveries(
    store,
    on,
    { events: candidates.filter(({ key }) => fresh.has(key)), now },
    reservation,
  );
  const known =
    fresh.size === candidates.length
      ? new Map<string, KnownEvent>()
      : await findKnown(
          store,
          on,
          candidates.filter(({ key }) => !fresh.has(key)),
          fresh.size === 0,
        );

  const results = groups.map((group) =>
    group.map((candidate): AcceptedEvent | undefined => {
      if (fresh.has(candidate.key)) {
        const { id, type, key } = candidate;
        return { id, type, deliveries: deliveries.get(key)?.length ?? 0, duplicate: false };
      }
      const first = known.get(candidate.key);
      if (first === undefined || first.content_hash !== candidate.content_hash) return undefined;
      return { id: first.id, type: first.type, deliveries: first.deliveries, duplicate: true };
    }),
  );

  // A publication with a conflict leaves nothing behind; so whoever met one of its events here,
  // as a duplicate or a conflict, has to be accepted anew.
  const undone = new Set<string>();
  const again: number[] = [];
  for (const [index, group] of groups.entries()) {
    const met = group.some(({ key }) => undone.has(known.get(key)?.key ?? ''));
    if (met) again.push(index);
    if (!met && results[index]?.includes(undefined) !== true) continue;
    for (const { key } of group) if (fresh.has(key)) undone.add(key);
  }
  if (undone.size > 0) {
    await deleteEvents(store, on, [...undone]);
    reservation?.drop(undone);
  }
  const kept = candidates.filter(({ key }) => fresh.has(key) && !undone.has(key));
  await throttleDeliveries(store, on, kept, now);
  for (const event of kept) {
    acceptance.fresh.push({ event, deliveries: deliveries.get(event.key) ?? [] });
  }

  const outcomes = results.map((group) => {
    const accepted = group.filter((event) => event !== undefined);
    return accepted.length === group.length
      ? accepted
      : new StoreError(
          'idempotency_conflict',
          'This id or Idempotency-Key was used before for an event with other content. Use a new one.',
        );
  });
  if (again.length === 0) return outcomes;

  const later = await accept(
    store,
    on,
    publications.filter((_, index) => again.includes(index)),
    acceptance,
  );
  again.forEach((index, position) => {
    const outcome = later[position];
    if (outcome !== undefined) outcomes[index] = outcome;
  });
  return outcomes;
}

function toCandidate(event: NewEvent, now: number): Candidate {
  const key = newId();
  const previous = event.previousAttributes ?? null;
  return {
    key,
    id: event.id ?? `evt_${key.replaceAll('-', '')}`,
    system: event.system,
    user_id: event.user,
    type: event.type,
    data: event.data,
    previous_attributes: previous,
    idempotency_key: event.idempotencyKey ?? null,
    content_hash: contentHash(event.type, event.compared ?? event),
    created_at: now,
    critical: event.critical === true,
    throttle: event.throttle,
    flushes: event.flushes,
  };
}

function contentHash(
  type: string,
  { data, previousAttributes = null }: { data: string; previousAttributes?: string | null },
): string {
  return hash('sha256', JSON.stringify([type, data, previousAttributes]), 'base64url');
}

/** Gives the keys of those that were not there before. */
export async function insertEvents(
  store: Store,
  on: Sql,
  candidates: readonly Candidate[],
): Promise<Set<string>> {
  const columns = {
    key: 'text',
    id: 'text',
    system: 'text',
    user_id: 'text',
    type: 'text',
    data: 'text',
    previous_attributes: 'text',
    idempotency_key: 'text',
    content_hash: 'text',
    created_at: 'bigint',
  } as const;
  const inserted = (await writeRows(
    on,
    { dialect: store.dialect, columns, rows: candidates },
    (rows) =>
      `insert into events (key, id, system, user_id, type, data, previous_attributes, idempotency_key,
         content_hash, created_at)
       select key, id, system, user_id, type, data, previous_attributes, idempotency_key, content_hash, created_at
       from ${rows} where true
       on conflict do nothing returning key`,
  )) as { key: string }[];
  return new Set(inserted.map((row) => row.key));
}

interface KnownEvent {
  key: string;
  id: string;
  type: string;
  content_hash: string;
  deliveries: number;
}

/**
 * For each candidate that was there before, by its key, the event that it
 * repeats. Its id and its idempotency key may lead to two: then one that differs
 * counts, which makes a conflict.
 *
 * Whoever repeats an event is told that it is durable, too. PostgreSQL's standby may not have it yet,
 * where the first one's commit was cut off while it waited for that; and a transaction that writes
 * nothing waits for no standby. A lock on a row is written, and so waits.
 *
 * @param writesNothing whether the transaction has written nothing so far.
 */
async function findKnown(
  store: Store,
  on: Sql,
  candidates: Candidate[],
  writesNothing: boolean,
): Promise<Map<string, KnownEvent>> {
  const lock = store.dialect === 'postgres' && writesNothing ? 'for key share of e' : '';
  const rows = jsonRows(store.dialect, 'r', {
    key: 'text',
    id: 'text',
    system: 'text',
    user_id: 'text',
    idempotency_key: 'text',
    content_hash: 'text',
  });
  const found = await rowsOf<KnownEvent & { candidate: string }>(
    on,
    `select r.key as candidate, e.key as key, e.id as id, e.type as type, e.content_hash as content_hash,
       (select count(*) from deliveries d where d.event_key = e.key) as deliveries
     from ${rows}
     join events e on e.system = r.system and e.user_id = r.user_id
       and (e.id = r.id or e.idempotency_key = r.idempotency_key)
     order by case when e.content_hash = r.content_hash then 0 else 1 end ${lock}`,
    [
      jsonParameter(
        candidates.map(({ key, id, system, user_id, idempotency_key, content_hash }) => ({
          key,
          id,
          system,
          user_id,
          idempotency_key,
          content_hash,
        })),
      ),
    ],
  );
  return new Map(found.map((row) => [row.candidate, row]));
}

async function deleteEvents(store: Store, on: Sql, keys: string[]): Promise<void> {
  const rows = jsonRows(store.dialect, 'r', { key: 'text' });
  await on.run(`delete from events where key in (select key from ${rows})`, [
    jsonParameter(keys.map((key) => ({ key }))),
  ]);
}
