import { firstIdAt } from './ids';
import { type Conditions, where } from './conditions';

/** A row gets its id within the transaction that its time is from the start of. */
const LONGEST_TRANSACTION_MS = 60_000;

/**
 * Adds that a row was created in a span of time (Unix milliseconds, `until`
 * exclusive). Its id, a UUIDv7, is bounded as well, so that the span is found
 * rather than looked for; at one side alone, since bounds at both sides make
 * SQLite prefer an index that leaves out the owner.
 */
export function createdWithin(
  conditions: Conditions,
  columns: { id: string; createdAt: string },
  { since, until }: { since?: number; until?: number },
): void {
  where(conditions, `${columns.createdAt} >= ?`, since);
  where(conditions, `${columns.createdAt} < ?`, until);
  if (until !== undefined) {
    where(conditions, `${columns.id} < ?`, firstIdAt(until + LONGEST_TRANSACTION_MS));
  } else if (since !== undefined) {
    where(conditions, `${columns.id} >= ?`, firstIdAt(since));
  }
}
