import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttemptRecord,
  createLostEvents,
  type Kept,
  type KeptEvent,
  type LostDelivery,
  type LostEvents,
  recordLost,
  recoverFromJournal,
  type Store,
} from '@careerhooks/store';
import type { Logger } from 'pino';
import type { Shutdown } from './shutdown';
import { tellRecovery } from './tell-recovery';
import type { Report } from './voice';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** How long each step is tried while the database is away, in milliseconds; then what it lacks stays lost. */
const PATIENCE_MS = 10 * 60_000;

/**
 * When to look once more, in milliseconds: for what the copy before took at the very moment of the
 * failover, and for deliveries that other processes have accepted again meanwhile, whose attempts are
 * known here. Less than the lease that those have until they are sent again.
 */
const AGAIN_MS = 5_000;

/**
 * Whenever the database has failed over to a copy that may lack the last commits, brings back what this
 * process knows of them: endpoints and keys from the journal first, then the events that it accepted,
 * and the attempts that it recorded. Tells the log of each delivery that was lost.
 */
export function recoverAfterFailovers(run: {
  store: Store;
  log: Logger;
  report: Report;
  shutdown: Shutdown;
}): void {
  const { store, log, report, shutdown } = run;
  const stopping = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function recover(kept: Kept): Promise<void> {
    const lost = createLostEvents(store, (deliveries) => {
      for (const delivery of deliveries) tellLost(delivery, log);
    });
    await bringBack(kept, lost);
    await sleep(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return;
    for (const record of await bringBack(look(store), lost)) tellUnknown(record, log);
    log.info('what this process knows of, the database has again after its failover');
  }

  /** Gives the attempts of deliveries that the database knows nothing of. */
  async function bringBack(kept: Kept, lost: LostEvents): Promise<readonly AttemptRecord[]> {
    await untilDone('the journal', async () =>
      tellRecovery(await recoverFromJournal(store), log, report),
    );
    const accepted = await untilDone('the accepted events', () => lost.acceptAgain(kept));
    if (!accepted) for (const event of lost.left()) tellGivenUp(event, log);
    let unknown: readonly AttemptRecord[] = [];
    await untilDone('the recorded attempts', async () => {
      unknown = await recordLost(store, kept.records);
    });
    return unknown;
  }

  /** False where it was given up. */
  async function untilDone(what: string, work: () => Promise<void>): Promise<boolean> {
    const givesUpAt = performance.now() + PATIENCE_MS;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        await work();
        return true;
      } catch (error) {
        const isLast = stopping.signal.aborted || performance.now() > givesUpAt;
        log[isLast ? 'error' : 'warn'](
          { err: error },
          `after the failover: ${what} could not be compared with the database; ${isLast ? 'given up' : 'trying again'}`,
        );
        if (isLast) return false;
      }
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  store.onFailover?.(() => {
    log.warn(
      'the database has failed over to a copy that may lack the last commits; looking for what it lacks',
    );
    // At once: what is accepted from now on would push it out.
    const kept = look(store);
    last = last.then(() => recover(kept));
  });
  shutdown.add(() => {
    stopping.abort();
    return last;
  });
}

function look(store: Store): Kept {
  return store.lately?.look() ?? { events: [], records: [] };
}

const OUTCOMES: Partial<Record<NonNullable<LostDelivery['outcome']>, string>> = {
  delivered: 'it had been delivered, and is not sent again',
  failed: 'it had failed for good',
  cancelled: 'its endpoint gets it no more',
  expired: 'it has expired',
  published_again: 'its producer has published it again, which is delivered instead',
  endpoint_lost: 'its endpoint is gone, too: it cannot be delivered',
};

function tellLost({ deliveryId, eventId, endpointId, outcome }: LostDelivery, log: Logger): void {
  const facts = { delivery: deliveryId, event: eventId, endpoint: endpointId, outcome };
  const became = outcome === null ? 'nobody gets it' : (OUTCOMES[outcome] ?? 'it is sent (again)');
  log.error(facts, `the failover lost what was accepted; this process had it still: ${became}`);
}

function tellGivenUp({ event, deliveries }: KeptEvent, log: Logger): void {
  log.error(
    { event: event.id, deliveries: deliveries.map(({ id }) => id) },
    'the failover lost an accepted event, and it could not be accepted again',
  );
}

function tellUnknown({ deliveryId, number, status }: AttemptRecord, log: Logger): void {
  log.error(
    { delivery: deliveryId, attempt: number, status },
    'the failover lost an accepted delivery of which an attempt was made here; no process had it still',
  );
}
