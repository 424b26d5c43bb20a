import { CV_NAME } from '../cv-name';
import { newId } from '../ids';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import type { CvEvent } from './cv-change';
import { lockCv, publishCvEvent, replaceCv, writeStep } from './write-cv';

/** How long a signature is remembered, in milliseconds: longer than its timestamp is accepted (±300 s). */
const SIGNATURE_LIFETIME_MS = 15 * 60_000;

export interface NewCvChange {
  /** An earlier change's, where that one is repeated. */
  id?: string;
  action: string;
  section: string;
  /** JSON text. */
  data: string;
  receivedAt: number;
  /** What names the signature that it came with; accepted once. */
  signature?: string | undefined;
}

/** What a change makes of the CV (JSON text; empty: no CV yet), or why it cannot be made. */
export type CvVerdict =
  | {
      /** Undefined: the CV stays, for now. */
      document?: string;
      event?: CvEvent;
      /** Whether a workflow goes on with further steps. */
      continues: boolean;
    }
  | { failure: { code: string; message: string } };

/** A change that is in the history, with what its judge said of it. */
export interface CommittedCvChange<Verdict extends CvVerdict> {
  id: string;
  /** Of the CV, with this change where it was made. */
  version: number;
  verdict: Verdict;
}

/**
 * Makes a change in one transaction: its signature, the CV's backup, the change, its row in the
 * history and the event for subscribers. A refused one leaves its row, with status `failed`.
 * Undefined: the signature was used before, and nothing is written.
 *
 * @param judge says what the change makes of the CV as the transaction finds it; what it throws ends
 *   the transaction before it writes.
 */
export function commitCvChange<Verdict extends CvVerdict>(
  store: Store,
  change: NewCvChange,
  judge: (document: string, version: number) => Verdict,
): Promise<CommittedCvChange<Verdict> | undefined> {
  const startedAt = performance.now();
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    if (change.signature !== undefined) {
      await transaction.run('delete from cv_signatures where seen_at < ?', [
        now - SIGNATURE_LIFETIME_MS,
      ]);
      const fresh = await rowOf(
        transaction,
        'insert into cv_signatures (digest, seen_at) values (?, ?) on conflict do nothing returning digest',
        [change.signature, now],
      );
      if (fresh === undefined) return undefined;
    }
    const before = await lockCv(store, transaction);
    const verdict = judge(before.document, before.version);
    const failure = 'failure' in verdict ? verdict.failure : undefined;
    const done = 'failure' in verdict || !verdict.continues;
    const id = change.id ?? newId();
    await transaction.run(
      `insert into cv_changes (id, name, action, section, data, status, received_at, finished_at,
         processing_ms, error_code, error_message, lease_until)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set status = excluded.status, finished_at = excluded.finished_at,
         processing_ms = excluded.processing_ms, error_code = excluded.error_code,
         error_message = excluded.error_message, lease_until = excluded.lease_until`,
      [
        id,
        CV_NAME,
        change.action,
        change.section,
        change.data,
        failure ? 'failed' : done ? 'completed' : 'processing',
        change.receivedAt,
        done ? now : null,
        done ? Math.max(0, now - change.receivedAt) : null,
        failure?.code ?? null,
        failure?.message.slice(0, 1_000) ?? null,
        done ? null : now,
      ],
    );
    await writeStep(transaction, {
      changeId: id,
      step: 'database',
      status: failure ? 'failed' : 'completed',
      durationMs: performance.now() - startedAt,
      ...(failure && { error: failure }),
    });
    if ('failure' in verdict) return { id, version: before.version, verdict };
    const { document, event } = verdict;
    if (document !== undefined) await replaceCv(transaction, before, { id, document });
    if (event !== undefined) await publishCvEvent(store, transaction, event);
    return { id, version: before.version + (document === undefined ? 0 : 1), verdict };
  });
}
