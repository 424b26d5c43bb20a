import { hostOf, type Judgement, type Reply } from '@careerhooks/destinations';
import { type AttemptRecord, setEndpointStatus } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';
import { excerpt } from './excerpt';
import type { PreparedRequest } from './prepare-request';
import { recordUntilDurable } from './record-until-durable';
import { retryDelay } from './retry-delay';

/**
 * What a delivery goes on in should its first attempt fail: the workflow of its
 * own that runs already, or one that is still to be started.
 */
export type Carrier = 'workflow' | 'burst';

/**
 * How long the dispatcher leaves a delivery alone after its next attempt was
 * due, before it takes the workflow for lost, in milliseconds.
 */
export const LEASE_GRACE_MS = 60_000;

/** Sends the request, judges the answer and records both, in that order and once. */
export async function makeAttempt(
  context: WorkerContext,
  request: PreparedRequest,
  attempt: number,
  carrier: Carrier,
): Promise<PostOutcome> {
  const startedAt = Date.now();
  const { destination } = request;
  const reply = await destination.send(request.outgoing, context.egress);
  const now = Date.now();
  const judgement = destination.judge(reply, now);
  const record = toRecord({ request, attempt, carrier, reply, judgement, startedAt, now });
  const recorded = await recordUntilDurable(context.attemptLog, record, context.log);
  if (recorded === 'unknown') logUnknown(context, request, record);
  logAttempt(context, request, record);
  context.onAttempt(request.delivery, record);
  if (carrier === 'burst' && record.status === 'retrying') context.wake();
  // The endpoint's next delivery could not be taken before.
  if (request.delivery.endpoint.ordered && record.status !== 'retrying') context.wake();

  if (judgement.verdict === 'gone') {
    await setEndpointStatus(context.store, request.delivery.endpoint.id, {
      to: 'disabled',
      from: ['active', 'paused'],
      reason: judgement.reason,
    });
  }
  return {
    status: record.status,
    attempts: attempt,
    durationMs: record.durationMs,
    ...(record.statusCode !== null && { statusCode: record.statusCode }),
    ...(record.errorCode !== null && { errorCode: record.errorCode }),
    ...(record.nextAttemptAt !== null && {
      nextAttemptAt: record.nextAttemptAt,
      expiresAt: request.delivery.expiresAt,
    }),
  };
}

function toRecord(made: {
  request: PreparedRequest;
  attempt: number;
  carrier: Carrier;
  reply: Reply;
  judgement: Judgement;
  startedAt: number;
  now: number;
}): AttemptRecord {
  const { request, attempt, carrier, reply, judgement, startedAt, now } = made;
  const facts = {
    deliveryId: request.delivery.id,
    number: attempt,
    startedAt,
    durationMs: now - startedAt,
    statusCode: reply.statusCode,
    errorMessage: reply.error?.message ?? null,
    answerExcerpt: reply.body === null ? null : excerpt(reply.body),
    nextAttemptAt: null,
    leaseUntil: null,
  };
  if (judgement.verdict === 'delivered') return { ...facts, status: 'delivered', errorCode: null };
  const { errorCode } = judgement;
  if (judgement.verdict === 'gone') return { ...facts, status: 'failed', errorCode };
  const delay = retryDelay(request.delivery, request.system, attempt, Math.random());
  if (delay === undefined) return { ...facts, status: 'failed', errorCode };
  // A receiver may ask for more time than there is, or than a date can hold.
  const nextAttemptAt = Math.min(
    now + Math.max(delay, judgement.waitMs),
    request.delivery.expiresAt,
  );
  return {
    ...facts,
    status: 'retrying',
    errorCode,
    nextAttemptAt,
    leaseUntil: carrier === 'burst' ? now : nextAttemptAt + LEASE_GRACE_MS,
  };
}

/** It was accepted, and has been lost since: with a failover, or by restoring a backup. */
function logUnknown(context: WorkerContext, request: PreparedRequest, record: AttemptRecord): void {
  const { delivery } = request;
  context.log.error(
    {
      delivery: delivery.id,
      event: delivery.event.id,
      endpoint: delivery.endpoint.id,
      attempt: record.number,
      status: record.status,
    },
    'the database knows nothing of a delivery that was accepted; this attempt of it was made all the same, and is not in the log',
  );
}

/** One wide line for each attempt: all that an operator searches logs for, no URL path and no body. */
function logAttempt(context: WorkerContext, request: PreparedRequest, record: AttemptRecord): void {
  const { delivery } = request;
  context.log[record.status === 'delivered' ? 'info' : 'warn'](
    {
      delivery: delivery.id,
      event: delivery.event.id,
      endpoint: delivery.endpoint.id,
      system: delivery.event.system,
      type: delivery.event.type,
      host: hostOf(delivery.endpoint.url),
      attempt: record.number,
      status: record.status,
      statusCode: record.statusCode,
      errorCode: record.errorCode,
      durationMs: record.durationMs,
      nextAttemptAt: record.nextAttemptAt,
    },
    'attempt',
  );
}
