import type { DeliveryToMake } from './load-deliveries';

/** How long whoever makes a first attempt leases its delivery at a time, in milliseconds. */
export const FIRST_ATTEMPT_LEASE_MS = 10_000;

/**
 * Whoever makes first attempts in this process. It is asked about the deliveries that a transaction is
 * about to write, so that what it takes is born leased to it, and goes out the moment it is durable:
 * nothing has to be looked up again.
 *
 * - *Reserved*: the transaction may still fail. `send` has its slots, and nothing has gone out.
 * - *Committed*: the transaction is durable. `send` goes out.
 * - *Cancelled*: it did not come about. The slots are free again.
 */
export interface FirstAttempts {
  /** @param deliveries all that the transaction writes, those too that have to wait. */
  reserve(deliveries: readonly DeliveryToReserve[]): Reservation;
}

/** A delivery that is about to be written. */
export interface DeliveryToReserve {
  delivery: DeliveryToMake;
  /** It goes out when its throttle lets it, which nobody knows yet. */
  throttled: boolean;
}

/** What becomes of the deliveries of one transaction. What is neither sent nor held is left as it was given. */
export interface Reservation {
  /** Those that go out from this process: leased to it, and marked with what carries them. */
  readonly send: readonly DeliveryToMake[];
  /** Those that could go out, were their endpoint not busy: they wait in its backlog. */
  readonly hold: readonly DeliveryToMake[];
  /** What was written is durable. */
  commit(): void;
  /** The transaction did not come about, or runs again; nothing where it was committed or cancelled. */
  cancel(): void;
}
