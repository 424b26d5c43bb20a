import type { Sql } from '../../databases/database';
import { groupBy } from '../../group-by';
import type { Store } from '../../store';
import { type ThrottledEvent, throttleKey } from './throttle-key';
import { addEarlier, enqueue, flush, type ThrottleQueues, waitForLast } from './throttle-queue';
import { deliveriesOf, earlierDeliveries, lockKeys, writeChanges } from './throttle-rows';

/** An event of a throttled kind, under the key by which it is throttled or which it flushes. */
interface Keyed {
  event: ThrottledEvent;
  key: string;
}

/**
 * Applies the systems' throttles to deliveries that were just written, within
 * the transaction that wrote them. For one endpoint and key:
 *
 * - The first one goes out at once, the next when the window since then is over:
 *   that is its turn, and nobody claims it before.
 * - A newer one takes the turn of one that waits, which is cancelled as `superseded`.
 *   So is one that is held, or that nobody could carry for a whole window.
 * - An event that flushes the key lets the waiting one go at once, and waits for
 *   its first attempt.
 *
 * Without events of a throttled kind it does nothing.
 */
export async function throttleDeliveries(
  store: Store,
  on: Sql,
  events: readonly ThrottledEvent[],
  acceptedAt: number,
): Promise<void> {
  const concerned = events
    .filter(({ throttle, flushes }) => throttle ?? flushes)
    .map((event): Keyed => ({ event, key: throttleKey(event) }));
  if (concerned.length === 0) return;
  const queues = await loadQueues(store, on, concerned);
  const fresh = await deliveriesOf(
    store,
    on,
    concerned.map(({ event }) => event.key),
  );
  const byEvent = groupBy(fresh, (row) => row.event_key);
  for (const { event, key } of concerned) {
    const rows = byEvent.get(event.key) ?? [];
    if (event.throttle === undefined) {
      flush(queues, key);
      for (const row of rows) waitForLast(queues, row, key);
    } else {
      const { windowMs } = event.throttle;
      for (const row of rows) enqueue(queues, row, { key, windowMs, acceptedAt });
    }
  }
  await writeChanges(store, on, [...queues.changed]);
}

/** As they were before; nobody else changes them until the transaction has ended. */
async function loadQueues(
  store: Store,
  on: Sql,
  concerned: readonly Keyed[],
): Promise<ThrottleQueues> {
  const keys = new Set(concerned.map(({ key }) => key));
  if (store.dialect === 'postgres') await lockKeys(on, keys);
  // After the lock: what others let go while we waited for it would seem to be still to come.
  const now = Date.now();
  const queues: ThrottleQueues = { byName: new Map(), changed: new Set(), now };
  const windows = new Map(
    concerned.map(({ event, key }) => [key, event.throttle?.windowMs ?? Infinity]),
  );
  const longest = Math.max(...concerned.map(({ event }) => event.throttle?.windowMs ?? 0));
  for (const row of await earlierDeliveries(store, on, { keys, since: now - longest })) {
    addEarlier(queues, row, windows.get(row.throttle_key ?? '') ?? Infinity);
  }
  return queues;
}
