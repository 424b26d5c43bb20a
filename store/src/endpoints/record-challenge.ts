import type { DeliveryErrorCode } from '@careerhooks/systems';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { PAUSED_BEFORE } from './begin-verification';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/** What one try of a challenge came to. */
export interface ChallengeResult {
  /** Null where it was answered rightly. */
  error: { code: DeliveryErrorCode; message: string } | null;
  /** Null where there was no answer, or none was needed. */
  statusCode: number | null;
  /** The beginning of the answer; the challenge's text must not be in it. */
  answerExcerpt: string | null;
  /** When it is to be challenged again; null: not any more. */
  leaseUntil: number | null;
}

/**
 * Records one try of the challenge that `endpoint` was read with. Where it was
 * answered, the endpoint becomes active and its held deliveries go out, or it is
 * paused again where it was paused before. Undefined where that challenge no
 * longer counts: the endpoint is not pending any more (verified meanwhile,
 * deleted), or has another challenge since, for its new URL, which an answer of
 * the old URL must not verify.
 */
export function recordChallenge(
  store: Store,
  endpoint: Pick<Endpoint, 'id' | 'challengeSealed'>,
  result: ChallengeResult,
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, endpoint.id, async (transaction) => {
    const now = Date.now();
    const verified = result.error === null;
    const status = verified
      ? "case when status_reason = ? then 'paused' else 'active' end, status_reason = null"
      : 'status';
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set verification_attempts = verification_attempts + 1, verification_error = ?,
         verification_error_message = ?, verification_status_code = ?, verification_answer_excerpt = ?,
         status = ${status},
         verified_at = ?, verification_lease_until = ?, updated_at = ?
       where id = ? and challenge_sealed = ? and status = 'pending' and deleted_at is null returning *`,
      [
        result.error?.code ?? null,
        result.error?.message ?? null,
        result.statusCode,
        result.answerExcerpt,
        ...(verified ? [PAUSED_BEFORE] : []),
        verified ? now : null,
        verified ? null : result.leaseUntil,
        now,
        endpoint.id,
        endpoint.challengeSealed,
      ],
    );
    if (row === undefined) return undefined;
    if (row.status === 'active') await releaseDeliveries(transaction, endpoint.id);
    return toEndpoint(row);
  });
}
