import type { AttemptRecord } from '../deliveries/attempt-record';
import type { Candidate } from './candidate';

/** A delivery that was written with its event. */
export interface BornDelivery {
  id: string;
  endpointId: string;
}

/** An event as it was accepted, with its deliveries. */
export interface KeptEvent {
  event: Candidate;
  deliveries: readonly BornDelivery[];
}

/** What this process has committed lately, the oldest first. */
export interface Kept {
  events: readonly KeptEvent[];
  records: readonly AttemptRecord[];
}

/**
 * Remembers what this process has accepted, and recorded of attempts, within the last minute: after a
 * failover it tells what the database has lost, and it is all that is left of it. References alone; the
 * oldest go first where there is more than fits.
 */
export interface AcceptedLately {
  /** These have been committed. */
  accepted(events: readonly KeptEvent[]): void;
  recorded(records: readonly AttemptRecord[]): void;
  look(): Kept;
}

/** Longer than it takes to notice a failover. */
const KEEP_MS = 60_000;

/** Of events and of records each, in characters, which are a byte or two: 16 Mi. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What an event, a delivery or a record takes beside its texts, about. */
const EVENT_CHARACTERS = 400;
const DELIVERY_CHARACTERS = 150;
const RECORD_CHARACTERS = 300;

export function createAcceptedLately(): AcceptedLately {
  const events = createWindow<KeptEvent>(
    ({ event, deliveries }) =>
      EVENT_CHARACTERS +
      event.data.length +
      (event.previous_attributes?.length ?? 0) +
      deliveries.length * DELIVERY_CHARACTERS,
  );
  const records = createWindow<AttemptRecord>(
    ({ answerExcerpt, errorMessage }) =>
      RECORD_CHARACTERS + (answerExcerpt?.length ?? 0) + (errorMessage?.length ?? 0),
  );
  return {
    accepted: (some) => events.add(some),
    recorded: (some) => records.add(some),
    look: () => ({ events: events.look(), records: records.look() }),
  };
}

/** What one transaction has committed. */
interface Group<Item> {
  at: number;
  size: number;
  items: readonly Item[];
}

function createWindow<Item>(sizeOf: (item: Item) => number): {
  add(items: readonly Item[]): void;
  look(): Item[];
} {
  let groups: Group<Item>[] = [];
  /** Of `groups`, so many are forgotten: to shift an array is to move all of it. */
  let forgotten = 0;
  let size = 0;

  function forget(now: number): void {
    for (let oldest = groups[forgotten]; oldest !== undefined; oldest = groups[forgotten]) {
      if (size <= MOST_CHARACTERS && oldest.at > now - KEEP_MS) break;
      size -= oldest.size;
      groups[forgotten] = { at: 0, size: 0, items: [] };
      forgotten += 1;
    }
    if (forgotten <= groups.length / 2) return;
    groups = groups.slice(forgotten);
    forgotten = 0;
  }

  return {
    add(items) {
      if (items.length === 0) return;
      const group = { at: performance.now(), size: 0, items };
      for (const item of items) group.size += sizeOf(item);
      groups.push(group);
      size += group.size;
      forget(group.at);
    },
    look: () => groups.slice(forgotten).flatMap(({ items }) => items),
  };
}
