import type { Sql } from '../databases/database';
import type { FirstAttempts, Reservation } from '../deliveries/reservation';
import type { StoreError } from '../errors';
import { createGroupCommit, type GroupCommit } from '../group-commit';
import { committerOf } from '../committer-of';
import type { Store } from '../store';
import { acceptEvents } from './accept-events';
import type { Publication } from './accept-publications';
import type { KeptEvent } from './accepted-lately';
import type { AcceptedEvent } from './new-event';

/**
 * The way in: events that are published at the same time share a transaction.
 * A promise of `add` resolves once its events and one delivery row for each
 * endpoint that matches are durable. One call's events are accepted together or
 * not at all: where one of them re-uses an id or idempotency key for other
 * content, its result is a StoreError `idempotency_conflict`, and none of that
 * call's events is kept.
 */
export type EventIntake = GroupCommit<Publication, AcceptedEvent[] | StoreError>;

const MAX_EVENTS_PER_TRANSACTION = 1000;

/**
 * Opens the way in; one for each process.
 *
 * @param firstAttempts who gets what was written, where this process makes attempts.
 */
export function createEventIntake(store: Store, firstAttempts?: FirstAttempts): EventIntake {
  /** Of the transaction that is under way. */
  let reservation: Reservation | undefined;
  let kept: KeptEvent[] = [];
  const reserve: FirstAttempts['reserve'] | undefined =
    firstAttempts && ((deliveries) => (reservation = firstAttempts.reserve(deliveries)));

  function cancel(): void {
    reservation?.cancel();
    reservation = undefined;
    kept = [];
  }

  return createGroupCommit<Publication, AcceptedEvent[] | StoreError, Sql>(
    committerOf(store),
    {
      async write(on, publications) {
        // Whatever an earlier try of this transaction had reserved.
        cancel();
        const accepted = await acceptEvents(store, on, publications, reserve);
        kept = accepted.kept;
        return accepted.outcomes;
      },
      committed() {
        store.lately?.accepted(kept);
        reservation?.commit();
        reservation = undefined;
      },
      failed: cancel,
    },
    { maxWeight: MAX_EVENTS_PER_TRANSACTION, weigh: (events) => events.length },
  );
}
