import type { DeliveryToMake } from './load-deliveries';

/** How long whoever makes a first attempt leases its delivery at a time, in milliseconds. */
export const FIRST_ATTEMPT_LEASE_MS = 10_000;

/**
 * Who makes the first attempts of this process. A delivery that is admitted is
 * born leased to it, and handed over the moment it is durable: nothing has to be
 * looked up again. What is not admitted waits in the database.
 */
export interface FirstAttempts {
  /** Keeps a slot for one more delivery to this endpoint; false where it has to wait for others. */
  admit(endpoint: DeliveryToMake['endpoint']): boolean;
  /** Gives back a slot that was kept: its delivery was not written after all. */
  giveBack(endpointId: string): void;
  /**
   * The burst that carries what was admitted, of `written` deliveries that were written together;
   * undefined where each gets a workflow of its own.
   */
  burstFor(admitted: number, written: number): string | undefined;
  /** These are durable now, and leased. */
  sendReserved(deliveries: readonly DeliveryToMake[]): void;
  /** Something durable waits in the database. */
  wake(): void;
}
