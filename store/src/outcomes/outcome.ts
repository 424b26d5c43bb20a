import type { Sql } from '../databases/database';
import { type Conditions, whereClause } from '../conditions';
import { rowOf } from '../sql';

/**
 * - `in_progress`: its claimant is at work on it, until its lease ends.
 * - `done`: nobody has to do it again.
 * - `failed`: whoever claims it next may do it.
 */
type OutcomeStatus = 'in_progress' | 'done' | 'failed';

/** What the receiver of a delivery says came of it. */
export interface Outcome {
  status: OutcomeStatus;
  /** Who claimed it, or reported what came of it, in its own words. */
  claimant: string;
  /** The attempt that brought it to the claimant; null where it did not say. */
  attempt: number | null;
  /** Until when it is the claimant's, in Unix milliseconds; null unless `in_progress`. */
  leaseUntil: number | null;
  note: string | null;
  /** When it became so, in Unix milliseconds. */
  at: number;
}

export interface OutcomeRow {
  status: string;
  claimant: string;
  attempt: number | null;
  lease_until: number | null;
  note: string | null;
  at: number;
}

export function toOutcome(row: OutcomeRow): Outcome {
  return {
    status: row.status as OutcomeStatus,
    claimant: row.claimant,
    attempt: row.attempt,
    leaseUntil: row.lease_until,
    note: row.note,
    at: row.at,
  };
}

/** The outcome of the one delivery `d` that fits, with its endpoint `ep`; undefined where there is none. */
export async function outcomeOf(on: Sql, conditions: Conditions): Promise<Outcome | undefined> {
  const row = await rowOf<OutcomeRow>(
    on,
    `select o.* from outcomes o join deliveries d on d.id = o.delivery_id
     join endpoints ep on ep.id = d.endpoint_id ${whereClause(conditions)}`,
    conditions.bindings,
  );
  return row === undefined ? undefined : toOutcome(row);
}
