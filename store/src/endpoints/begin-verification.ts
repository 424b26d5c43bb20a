import { assignments, type Columns, rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { holdDeliveries } from '../deliveries/hold-deliveries';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';
import { sealChallenge } from './sealed-values';

/** How long a URL may take to answer its challenge, in milliseconds. */
const VERIFICATION_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * How long the process that asks for a verification has for the first challenge
 * before a verification workflow may take over, in milliseconds.
 */
const FIRST_CHALLENGE_LEASE_MS = 30_000;

/** The reason of a pending endpoint that was paused before: once it is verified, it is paused again. */
export const PAUSED_BEFORE = 'It was paused, and is paused again once its URL is verified.';

/** What an endpoint that becomes pending says of itself, as an assignment with its bindings. */
export const KEEP_PAUSE = {
  sql: `status_reason = case when status = 'paused' or status_reason = ? then ? else null end`,
  bindings: [PAUSED_BEFORE, PAUSED_BEFORE],
};

/** The columns of an endpoint whose URL has to echo `challenge` from now on. */
export function challengeColumns(
  store: Pick<Store, 'sealer'>,
  endpointId: string,
  challenge: string,
): Columns {
  const now = Date.now();
  return {
    status: 'pending',
    challenge_sealed: sealChallenge(store.sealer, endpointId, challenge),
    verification_attempts: 0,
    ...NO_ANSWER,
    verification_deadline: now + VERIFICATION_LIFETIME_MS,
    verification_lease_until: now + FIRST_CHALLENGE_LEASE_MS,
    verified_at: null,
    updated_at: now,
  };
}

/** An endpoint of whose challenge nothing is known, or asked any more. */
export const NO_ANSWER = {
  verification_error: null,
  verification_error_message: null,
  verification_status_code: null,
  verification_answer_excerpt: null,
};

/** Makes an endpoint pending until its URL echoes `challenge`; its deliveries are held meanwhile. */
export function beginVerification(
  store: Store,
  endpointId: string,
  challenge: string,
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, endpointId, async (transaction) => {
    const [set, bindings] = assignments(challengeColumns(store, endpointId, challenge));
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set ${set}, ${KEEP_PAUSE.sql} where id = ? and deleted_at is null returning *`,
      [...bindings, ...KEEP_PAUSE.bindings, endpointId],
    );
    if (row === undefined) return undefined;
    await holdDeliveries(transaction, endpointId);
    return toEndpoint(row);
  });
}
