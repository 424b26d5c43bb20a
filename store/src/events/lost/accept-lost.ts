import { chunksOf } from '../../chunks-of';
import type { Sql } from '../../databases/database';
import type { AttemptRecord } from '../../deliveries/attempt-record';
import { recordAttempts } from '../../deliveries/record-attempts';
import { groupBy } from '../../group-by';
import { inTransaction } from '../../sql';
import type { Store } from '../../store';
import type { Kept, KeptEvent } from '../accepted-lately';
import { insertEvents } from '../insert-events';
import { eventsThere, findLost } from './find-lost';
import { type LostDelivery, outcomesOf } from './lost-outcomes';
import { writeLost } from './write-lost';

/** At most this many events in one transaction. */
const AT_ONCE = 100;
/** At most this many are asked for at once. */
const ASKED_AT_ONCE = 1_000;

/**
 * The recovery of one failover's lost events. An event that was kept is *found lost* where the database
 * lacks it, *accepted again* by a transaction, and *told* when that is durable; then it is not looked at
 * any more. Where the transaction fails, it stays found lost.
 */
export interface LostEvents {
  /**
   * Asks the database for these events, which this process has accepted lately, and accepts those that
   * it lacks again, as they were: with the same ids, so that a first attempt that had gone out is
   * repeated under the same `webhook-id`. What is known of their attempts is recorded with them: what
   * was delivered is not sent again. Whoever may be sending one at this moment has a lease's time to
   * record it. It can be called again, where it failed, and to look once more.
   */
  acceptAgain(kept: Kept): Promise<void>;
  /** Those that were found lost, and are not accepted again yet. */
  left(): KeptEvent[];
}

/** @param tell gets what came of lost deliveries, each once, when it is durable. */
export function createLostEvents(
  store: Store,
  tell: (deliveries: LostDelivery[]) => void,
): LostEvents {
  const lost = new Set<KeptEvent>();
  const told = new Set<KeptEvent>();
  return {
    async acceptAgain({ events, records }) {
      for (const some of chunksOf(events, ASKED_AT_ONCE)) {
        for (const each of await findLost(store, some)) if (!told.has(each)) lost.add(each);
      }
      const byDelivery = groupBy(records, ({ deliveryId }) => deliveryId);
      for (const some of chunksOf([...lost], AT_ONCE)) {
        const outcomes = await inTransaction(store, (transaction) =>
          acceptAgain(store, transaction, some, byDelivery),
        );
        for (const each of some) {
          lost.delete(each);
          told.add(each);
        }
        tell(outcomes);
      }
    },
    left: () => [...lost],
  };
}

async function acceptAgain(
  store: Store,
  on: Sql,
  lost: readonly KeptEvent[],
  records: ReadonlyMap<string, AttemptRecord[]>,
): Promise<LostDelivery[]> {
  const before = await eventsThere(store, on, lost);
  const inserted = await insertEvents(
    store,
    on,
    lost.map(({ event }) => event).filter(({ key }) => !before.has(key)),
  );
  const again = lost.filter(({ event }) => inserted.has(event.key));
  await writeLost(store, on, again);
  const made = again.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ id }) => records.get(id) ?? []),
  );
  if (made.length > 0) await recordAttempts(store, on, made);
  return outcomesOf(store, on, lost, (key) => before.has(key) || inserted.has(key));
}
