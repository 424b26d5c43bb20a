import type { Value } from '../databases/database';
import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { inTransaction, rowOf } from '../sql';
import type { OpenDatabase } from '../open-database';
import { type Outcome, type OutcomeRow, outcomeOf, toOutcome } from './outcome';

/** Somebody who wants to do what a delivery is for. */
export interface Claim {
  deliveryId: string;
  claimant: string;
  /** The attempt that brought the delivery. */
  attempt?: number;
  leaseMs: number;
  /** From whoever holds it: a person has decided that nobody is at work on it any more. */
  takeOver: boolean;
}

/**
 * The attempt that brought it to its holder was answered, by the receiver itself, with a failure: the
 * holder has ended. The codes left out are those of proxies, behind which it may still be at work.
 */
const HOLDER_HAS_FAILED = `exists (select 1 from attempts a
  where a.delivery_id = outcomes.delivery_id and a.number = outcomes.attempt and a.succeeded = 0
    and a.status_code not in (408, 502, 503, 504) and a.status_code < 520)`;

/**
 * Gives the delivery to the claimant, unless it is done or somebody else is at work on it: of several
 * that claim at the same moment, one gets it. A claimant that holds it gets it again, for a new lease.
 *
 * @returns whether it was granted, and what holds now; undefined where `scope` has no
 *   endpoint with such a delivery: what its receiver made of it is no one else's business.
 */
export function claimOutcome(
  store: OpenDatabase,
  scope: Scope,
  claim: Claim,
): Promise<{ granted: boolean; outcome: Outcome } | undefined> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const conditions = visibleTo(scope, 'ep');
    where(conditions, 'd.id = ?', claim.deliveryId);
    const free: [sql: string, bindings: Value[]] = claim.takeOver
      ? ['true', []]
      : [
          `outcomes.claimant = excluded.claimant or outcomes.lease_until <= ?
           or (excluded.attempt > outcomes.attempt and ${HOLDER_HAS_FAILED})`,
          [now],
        ];
    const row = await rowOf<OutcomeRow>(
      transaction,
      `insert into outcomes (delivery_id, status, claimant, attempt, lease_until, at)
       select d.id, 'in_progress', ?, cast(? as integer), cast(? as bigint), cast(? as bigint)
       from deliveries d join endpoints ep on ep.id = d.endpoint_id ${whereClause(conditions)}
       on conflict (delivery_id) do update set status = excluded.status,
         claimant = excluded.claimant, attempt = excluded.attempt,
         lease_until = excluded.lease_until, note = null, at = excluded.at
       where outcomes.status = 'failed' or (outcomes.status = 'in_progress' and (${free[0]}))
       returning *`,
      [
        claim.claimant,
        // A person's run is not the attempt's: that one's answer says nothing of its end.
        claim.takeOver ? null : (claim.attempt ?? null),
        now + claim.leaseMs,
        now,
        ...conditions.bindings,
        ...free[1],
      ],
    );
    if (row !== undefined) return { granted: true, outcome: toOutcome(row) };
    // Nothing was written, and yet PostgreSQL has locked the row that was in the way.
    const outcome = await outcomeOf(transaction, conditions);
    return outcome === undefined ? undefined : { granted: false, outcome };
  });
}
