import { releaseDeliveries } from '../deliveries/release-deliveries';
import { rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { PAUSED_BEFORE } from './begin-verification';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

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
  result: { verified: boolean; error: string | null; leaseUntil: number | null },
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, endpoint.id, async (transaction) => {
    const now = Date.now();
    const status = result.verified
      ? "case when status_reason = ? then 'paused' else 'active' end, status_reason = null"
      : 'status';
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set verification_attempts = verification_attempts + 1, verification_error = ?,
         status = ${status},
         verified_at = ?, verification_lease_until = ?, updated_at = ?
       where id = ? and challenge_sealed = ? and status = 'pending' and deleted_at is null returning *`,
      [
        result.error,
        ...(result.verified ? [PAUSED_BEFORE] : []),
        result.verified ? now : null,
        result.verified ? null : result.leaseUntil,
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
