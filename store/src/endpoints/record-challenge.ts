import { releaseDeliveries } from '../deliveries/release-deliveries';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/**
 * Records one try of the challenge that `endpoint` was read with. Where it was
 * answered, the endpoint becomes active and its held deliveries go out. Undefined
 * where that challenge no longer counts: the endpoint is not pending any more
 * (verified meanwhile, deleted), or has another challenge since, for its new URL,
 * which an answer of the old URL must not verify.
 */
export function recordChallenge(
  store: Store,
  endpoint: Pick<Endpoint, 'id' | 'challengeSealed'>,
  result: { verified: boolean; error: string | null; leaseUntil: number | null },
): Promise<Endpoint | undefined> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set verification_attempts = verification_attempts + 1, verification_error = ?,
         status = ?, verified_at = ?, verification_lease_until = ?, updated_at = ?
       where id = ? and challenge_sealed = ? and status = 'pending' and deleted_at is null returning *`,
      [
        result.error,
        result.verified ? 'active' : 'pending',
        result.verified ? now : null,
        result.verified ? null : result.leaseUntil,
        now,
        endpoint.id,
        endpoint.challengeSealed,
      ],
    );
    if (row === undefined) return undefined;
    if (result.verified) await releaseDeliveries(transaction, endpoint.id);
    return toEndpoint(row);
  });
}
