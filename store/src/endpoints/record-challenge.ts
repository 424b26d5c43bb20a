import { releaseDeliveries } from '../deliveries/release-deliveries';
import { inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';

/**
 * Records one try of the challenge. Where it was answered, the endpoint becomes
 * active and its held deliveries go out. Undefined where the endpoint is no
 * longer pending (verified meanwhile, paused, deleted).
 */
export function recordChallenge(
  store: Store,
  id: string,
  result: { verified: boolean; error: string | null; leaseUntil: number | null },
): Promise<Endpoint | undefined> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set verification_attempts = verification_attempts + 1, verification_error = ?,
         status = ?, verified_at = ?, verification_lease_until = ?, updated_at = ?
       where id = ? and status = 'pending' and deleted_at is null returning *`,
      [
        result.error,
        result.verified ? 'active' : 'pending',
        result.verified ? now : null,
        result.verified ? null : result.leaseUntil,
        now,
        id,
      ],
    );
    if (row === undefined) return undefined;
    if (result.verified) await releaseDeliveries(transaction, id);
    return toEndpoint(row);
  });
}
