import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { ThrottleRow } from './throttle-rows';

/**
 * What one endpoint has got, and is to get, of one key:
 *
 * - *Free*: nothing waits. The next delivery goes out at once where the window since the last is over, and
 *   the queue stays free; else it waits.
 * - *Waiting*: one has its turn when the window is over, or its endpoint is held. A newer one takes that
 *   turn, and supersedes it. A flush lets it go now: the queue is free, unless the endpoint is held.
 */
interface ThrottleQueue {
  readonly key: string;
  /** When the newest went out or was let go. */
  sentAt: number;
  /** The one that a newer one supersedes. */
  waiting: ThrottleRow | undefined;
  /** The newest that was not attempted yet, waiting or let go. */
  last: ThrottleRow | undefined;
}

/** The queues that one transaction's events concern, and what has become of the deliveries in them. */
export interface ThrottleQueues {
  readonly byName: Map<string, ThrottleQueue>;
  readonly changed: Set<ThrottleRow>;
  /** Unix milliseconds. */
  readonly now: number;
}

function queueOf({ byName }: ThrottleQueues, endpointId: string, key: string): ThrottleQueue {
  const name = `${endpointId} ${key}`;
  const known = byName.get(name);
  if (known !== undefined) return known;
  const queue: ThrottleQueue = { key, sentAt: -Infinity, waiting: undefined, last: undefined };
  byName.set(name, queue);
  return queue;
}

/** Takes note of a delivery that was there before; oldest first. */
export function addEarlier(queues: ThrottleQueues, row: ThrottleRow, windowMs: number): void {
  const { now } = queues;
  const queue = queueOf(queues, row.endpoint_id, row.throttle_key ?? '');
  if (row.sent_at !== null) queue.sentAt = Math.max(queue.sentAt, row.sent_at);
  if (row.attempts > 0 || row.finished_at !== null) return;
  queue.last = row;
  const turnAt = row.slot_at ?? now;
  if (row.status === 'held' || turnAt > now || turnAt + windowMs <= now) queue.waiting = row;
  else queue.sentAt = Math.max(queue.sentAt, turnAt);
}

/** Gives a new delivery its turn, and supersedes the one that waits. */
export function enqueue(
  queues: ThrottleQueues,
  row: ThrottleRow,
  { key, windowMs, acceptedAt }: { key: string; windowMs: number; acceptedAt: number },
): void {
  const { now, changed } = queues;
  const queue = queueOf(queues, row.endpoint_id, key);
  const turnAt = Math.max(acceptedAt, queue.sentAt + windowMs);
  if (queue.waiting !== undefined) {
    Object.assign(queue.waiting, {
      status: 'cancelled',
      last_error_code: 'superseded' satisfies DeliveryErrorCode,
      lease_until: null,
      next_attempt_at: null,
      finished_at: now,
      // Out of the index that the next event looks into.
      throttle_key: null,
    });
    changed.add(queue.waiting);
  }
  const held = row.status === 'held';
  Object.assign(row, {
    throttle_key: key,
    slot_at: turnAt,
    next_attempt_at: turnAt,
    lease_until: held ? null : turnAt,
  });
  changed.add(row);
  queue.last = row;
  queue.waiting = held || turnAt > now ? row : undefined;
  if (queue.waiting === undefined) queue.sentAt = turnAt;
}

/** Lets what waits of a key go at once, at each endpoint. */
export function flush({ byName, changed, now }: ThrottleQueues, key: string): void {
  for (const queue of byName.values()) {
    if (queue.key !== key || queue.waiting === undefined) continue;
    const held = queue.waiting.status === 'held';
    Object.assign(queue.waiting, {
      slot_at: now,
      next_attempt_at: now,
      lease_until: held ? null : now,
    });
    changed.add(queue.waiting);
    queue.sentAt = now;
    if (!held) queue.waiting = undefined;
  }
}

/** Has a new delivery, which is not throttled itself, wait for the first attempt of the newest of a key. */
export function waitForLast(queues: ThrottleQueues, row: ThrottleRow, key: string): void {
  const { last } = queueOf(queues, row.endpoint_id, key);
  if (last === undefined) return;
  row.waits_for = last.id;
  queues.changed.add(row);
}
