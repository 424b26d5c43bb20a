import { ApplicationFailure } from '@temporalio/common';
import type { AttemptRef, PostOutcome } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';
import { isSomebodysFirst, loadUnfinished } from './load-unfinished';
import { makeAttempt } from './make-attempt';
import { prepareRequest } from './prepare-request';

/** How long to wait for whoever leases a first attempt, before the database is asked again. */
const ELSEWHERE_WAIT = '1s';

/**
 * An attempt of which this process has no signed request, since that was signed by one that is gone, or
 * the attempt is made already. The database says which: it is made now, or what came of it is told.
 *
 * @throws ApplicationFailure of the type `not_here` where a dispatcher is about to make it
 */
export async function postUnprepared(
  context: WorkerContext,
  ref: AttemptRef,
): Promise<PostOutcome> {
  const found = await loadUnfinished(context, ref.deliveryId);
  if ('end' in found) return { status: found.end, attempts: found.attempts };
  const { delivery } = found;
  if (delivery.attempts >= ref.attempt) {
    return {
      status: 'retrying',
      attempts: delivery.attempts,
      nextAttemptAt: delivery.nextAttemptAt ?? Date.now(),
      expiresAt: delivery.expiresAt,
    };
  }
  if (isSomebodysFirst(delivery)) {
    throw ApplicationFailure.create({
      type: 'not_here',
      message: 'The dispatcher that leases this delivery makes its first attempt.',
      nextRetryDelay: ELSEWHERE_WAIT,
    });
  }
  const request = prepareRequest(delivery, ref.attempt, context.store.sealer);
  return makeAttempt(context, request, ref.attempt, 'workflow');
}
