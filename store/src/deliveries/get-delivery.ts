import type { DeliveryErrorCode } from '@careerhooks/systems';
import { type Outcome, outcomeOf } from '../outcomes/outcome';
import { type Scope, visibleTo, where, whereClause } from '../conditions';
import { rowOf, rowsOf } from '../sql';
import type { Store } from '../store';
import { type Delivery, type DeliveryRow, SELECT_DELIVERIES, toDelivery } from './delivery';

/** One try of a delivery. */
export interface Attempt {
  /** From 1. */
  number: number;
  startedAt: number;
  durationMs: number;
  succeeded: boolean;
  statusCode: number | null;
  errorCode: DeliveryErrorCode | null;
  errorMessage: string | null;
  /** The beginning of what the receiver answered. */
  answerExcerpt: string | null;
}

interface AttemptRow {
  number: number;
  started_at: number;
  duration_ms: number;
  succeeded: number;
  status_code: number | null;
  error_code: string | null;
  error_message: string | null;
  answer_excerpt: string | null;
}

/** A delivery with what lies beside it. */
export interface DeliveryDetail extends Delivery {
  /** First to last. */
  attemptLog: Attempt[];
  /** Null where its receiver has not said, or `scope` may not see the endpoint. */
  outcome: Outcome | null;
}

/** A delivery with its attempts and its outcome; undefined where `scope` has no such delivery. */
export async function getDelivery(
  store: Store,
  id: string,
  scope: Scope = {},
): Promise<DeliveryDetail | undefined> {
  const conditions = visibleTo(scope, 'd');
  where(conditions, 'd.id = ?', id);
  const row = await rowOf<DeliveryRow>(
    store.read,
    `${SELECT_DELIVERIES} ${whereClause(conditions)}`,
    conditions.bindings,
  );
  if (row === undefined) return undefined;
  const attempts = await rowsOf<AttemptRow>(
    store.read,
    'select * from attempts where delivery_id = ? order by number',
    [id],
  );
  const ofReceiver = visibleTo(scope, 'ep');
  where(ofReceiver, 'd.id = ?', id);
  const outcome = (await outcomeOf(store.read, ofReceiver)) ?? null;
  return { ...toDelivery(row), attemptLog: attempts.map(toAttempt), outcome };
}

function toAttempt(row: AttemptRow): Attempt {
  return {
    number: row.number,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    succeeded: row.succeeded === 1,
    statusCode: row.status_code,
    errorCode: row.error_code as DeliveryErrorCode | null,
    errorMessage: row.error_message,
    answerExcerpt: row.answer_excerpt,
  };
}
