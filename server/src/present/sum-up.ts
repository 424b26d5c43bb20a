import type { StatsRow } from '@careerhooks/store';

/** What statistics are made of; tests are in none of it. */
export interface Sums {
  /**
   * Deliveries that have ended, whatever came of them: delivered, failed, expired, cancelled. Not
   * those that a newer one superseded, which is what their system's document wants.
   */
  finished: number;
  /** Of those, what arrived: nothing else is a success. */
  delivered: number;
  /** Deliveries that were attempted at least once, and all their attempts. */
  attempted: number;
  attempts: number;
}

export function sumUp(rows: readonly StatsRow[]): Sums {
  const sums: Sums = { finished: 0, delivered: 0, attempted: 0, attempts: 0 };
  for (const row of rows) {
    if (hasEnded(row)) sums.finished += row.deliveries - row.superseded;
    if (row.status === 'delivered') sums.delivered += row.deliveries;
    sums.attempted += row.attempted;
    sums.attempts += row.attempts;
  }
  return sums;
}

/** Whether these have ended, and were not all superseded. */
export function hasEnded({ status, deliveries, superseded }: StatsRow): boolean {
  return !['pending', 'held', 'retrying'].includes(status) && deliveries > superseded;
}
