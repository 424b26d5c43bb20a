import type { Sql } from '../databases/database';
import { StoreError } from '../errors';
import type { Store } from '../store';
import { type Candidate, toCandidate } from './candidate';
import { findRepeated, type KnownEvent } from './find-repeated';
import { deleteEvents, insertEvents } from './insert-events';
import type { NewEvent } from './new-event';

/** Events that are accepted together or not at all. */
export type Publication = readonly NewEvent[];

/** What each publication came to: its events, new or repeated, or why none of them was accepted. */
export interface AcceptedRows {
  outcomes: (AcceptedRow[] | StoreError)[];
  /** The events that are new, in the order of their publications; of those that were accepted anew, last. */
  fresh: Candidate[];
}

/** An event's row, of now or of the first time. */
export type AcceptedRow =
  { duplicate: false; event: Candidate } | { duplicate: true; event: KnownEvent };

/**
 * Writes the events of publications within a transaction. An event whose id or idempotency key is
 * known repeats that one: it is a duplicate where the content is the same, and else a conflict, which
 * leaves nothing of its publication behind.
 *
 * @param now Unix milliseconds.
 */
export async function acceptPublications(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  publications: readonly Publication[],
  now: number,
): Promise<AcceptedRows> {
  const groups = publications.map((events) => events.map((event) => toCandidate(event, now)));
  const candidates = groups.flat();
  const inserted = await insertEvents(store, on, candidates);
  const others = candidates.filter(({ key }) => !inserted.has(key));
  const known = await findRepeated(store, on, others, inserted.size === 0);

  const outcomes = groups.map((group) => outcomeOf(group, inserted, known));
  const { undone, again } = findUndone(groups, outcomes, inserted, known);
  await deleteEvents(store, on, undone);
  const fresh = candidates.filter(({ key }) => inserted.has(key) && !undone.has(key));
  if (again.size === 0) return { outcomes, fresh };

  const retried = publications.filter((_, index) => again.has(index));
  const later = await acceptPublications(store, on, retried, now);
  const next = later.outcomes.values();
  return {
    outcomes: outcomes.map((outcome, index) =>
      again.has(index) ? (next.next().value ?? outcome) : outcome,
    ),
    fresh: [...fresh, ...later.fresh],
  };
}

function outcomeOf(
  group: readonly Candidate[],
  inserted: ReadonlySet<string>,
  known: ReadonlyMap<string, KnownEvent>,
): AcceptedRow[] | StoreError {
  const rows: AcceptedRow[] = [];
  for (const candidate of group) {
    const first = known.get(candidate.key);
    if (inserted.has(candidate.key)) rows.push({ duplicate: false, event: candidate });
    else if (first?.content_hash === candidate.content_hash) {
      rows.push({ duplicate: true, event: first });
    } else {
      return new StoreError(
        'idempotency_conflict',
        'This id or Idempotency-Key was used before for an event with other content. Use a new one.',
      );
    }
  }
  return rows;
}

/**
 * A publication with a conflict leaves nothing behind; so whoever met one of its events here,
 * as a duplicate or a conflict, has to be accepted anew.
 */
function findUndone(
  groups: readonly (readonly Candidate[])[],
  outcomes: readonly (AcceptedRow[] | StoreError)[],
  inserted: ReadonlySet<string>,
  known: ReadonlyMap<string, KnownEvent>,
): { undone: Set<string>; again: Set<number> } {
  const undone = new Set<string>();
  const again = new Set<number>();
  for (const [index, group] of groups.entries()) {
    const met = group.some(({ key }) => undone.has(known.get(key)?.key ?? ''));
    if (met) again.add(index);
    if (!met && !(outcomes[index] instanceof StoreError)) continue;
    for (const { key } of group) if (inserted.has(key)) undone.add(key);
  }
  return { undone, again };
}
