import { repairDueTimes, type Store } from '@careerhooks/store';
import { eachOf } from './each-of';

/**
 * After the clock was set back, what was due at a time that is still to come again would wait until then:
 * it is made due now, and the workflows of what was attempted before are told.
 *
 * - *Not repaired*: this process has just started. `once` repairs, until it has done so.
 * - *In step*: the clock runs as it did when `afterSetBack` was called last.
 * - *Set back*, by more than a minute since then: `afterSetBack` repairs, and it is in step again.
 */
export interface ClockRepair {
  /** Where the clock was set back since it was called last. */
  afterSetBack(): Promise<void>;
  /** Once, since it may have been set back while this process did not run. */
  once(): Promise<void>;
}

/** A clock that loses more than this at once was set back, in milliseconds; less is put right all the time. */
const SET_BACK_MS = 60_000;

/** @param retryNow tells a delivery's workflow to make its next attempt now. */
export function createClockRepair(
  store: Store,
  retryNow: (deliveryId: string) => Promise<void>,
): ClockRepair {
  /** What the clock showed at `performance.now()` 0, as of late. */
  let epoch: number | undefined;
  let repaired = false;
  return {
    async afterSetBack() {
      const before = epoch;
      epoch = Date.now() - performance.now();
      if (before === undefined || epoch > before - SET_BACK_MS) return;
      // Nobody waits for Temporal here: what it does not hear now, it is told when its lease runs out.
      void eachOf(await repairDueTimes(store), retryNow);
    },
    async once() {
      if (repaired) return;
      const ids = await repairDueTimes(store);
      repaired = true;
      await eachOf(ids, retryNow);
    },
  };
}
