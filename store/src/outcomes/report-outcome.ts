import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { inTransaction, rowOf } from '../sql';
import type { OpenDatabase } from '../open-database';
import { type Outcome, type OutcomeRow, outcomeOf, toOutcome } from './outcome';

/** What came of a delivery, as whoever worked on it says. */
export interface Report {
  deliveryId: string;
  claimant: string;
  outcome: 'done' | 'failed';
  note?: string;
}

/**
 * Records what came of a delivery, which ends its claim. Done is done, whoever says so: somebody whose
 * lease has ended meanwhile, or who never claimed it. That it failed is for the last that worked on it to
 * say: it neither undoes what another has done, nor ends the claim of another.
 *
 * @returns whether it was recorded, and what holds now; undefined where `scope` has no
 *   endpoint with such a delivery: what its receiver made of it is no one else's business.
 */
export function reportOutcome(
  store: OpenDatabase,
  scope: Scope,
  report: Report,
): Promise<{ recorded: boolean; outcome: Outcome } | undefined> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const conditions = visibleTo(scope, 'ep');
    where(conditions, 'd.id = ?', report.deliveryId);
    const row = await rowOf<OutcomeRow>(
      transaction,
      `insert into outcomes (delivery_id, status, claimant, note, at)
       select d.id, ?, ?, ?, cast(? as bigint) from deliveries d join endpoints ep on ep.id = d.endpoint_id ${whereClause(conditions)}
       on conflict (delivery_id) do update set status = excluded.status,
         claimant = excluded.claimant, lease_until = null, note = excluded.note, at = excluded.at,
         attempt = case when outcomes.claimant = excluded.claimant then outcomes.attempt end
       where excluded.status = 'done' or outcomes.claimant = excluded.claimant
         or outcomes.status = 'failed'
         or (outcomes.status = 'in_progress' and outcomes.lease_until <= ?)
       returning *`,
      [report.outcome, report.claimant, report.note ?? null, now, ...conditions.bindings, now],
    );
    if (row !== undefined) return { recorded: true, outcome: toOutcome(row) };
    const outcome = await outcomeOf(transaction, conditions);
    return outcome === undefined ? undefined : { recorded: false, outcome };
  });
}
