import { EgressError } from '@careerhooks/egress';
import {
  type AttemptRecord,
  type DeliveryToMake,
  holdDelivery,
  loadDelivery,
  setEndpointStatus,
} from '@careerhooks/store';
import type { AttemptRef, DeliveryEnd, PostOutcome, SignOutcome } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';
import { excerpt } from './excerpt';
import { judgeAnswer, type Reply } from './judge-answer';
import { type PreparedRequest, prepareRequest } from './prepare-request';
import { recordUntilDurable } from './record-until-durable';
import { retryDelay } from './retry-delay';

/**
 * The attempts of this process. An attempt is made once, whoever asks first:
 * `sign` keeps the signed request here until `post` sends it, `post` joins an
 * attempt that is under way, and where this process knows nothing of it, the
 * database says whether it was made.
 */
export interface Attempts {
  sign(ref: AttemptRef): Promise<SignOutcome>;
  post(ref: AttemptRef): Promise<PostOutcome>;
}

/**
 * How long the dispatcher leaves a delivery alone after its next attempt was
 * due, before it takes the workflow for lost, in milliseconds.
 */
export const LEASE_GRACE_MS = 60_000;

/** A signed request that nobody sent, because its workflow went elsewhere, is dropped beyond this many. */
const MAX_PREPARED = 2_000;

export function createAttempts(context: WorkerContext): Attempts {
  const prepared = new Map<string, PreparedRequest>();
  const underWay = new Map<string, Promise<PostOutcome>>();

  async function sign(ref: AttemptRef): Promise<SignOutcome> {
    const found = await loadUnfinished(context, ref.deliveryId);
    if ('end' in found) return { status: found.end };
    const { delivery } = found;
    const signed = { status: 'signed' as const, signatures: delivery.keys.length };
    if (delivery.attempts >= ref.attempt) return { ...signed, bytes: 0 };
    const request = prepareRequest(delivery, ref.attempt, context.store.sealer);
    prepared.set(nameOf(ref), request);
    const [oldest] = prepared.keys();
    if (prepared.size > MAX_PREPARED && oldest !== undefined) prepared.delete(oldest);
    return { ...signed, bytes: request.body.length };
  }

  function post(ref: AttemptRef): Promise<PostOutcome> {
    const name = nameOf(ref);
    const joined = underWay.get(name);
    if (joined !== undefined) return joined;
    const request = prepared.get(name);
    prepared.delete(name);
    const outcome = (
      request === undefined
        ? postUnprepared(context, ref)
        : makeAttempt(context, request, ref.attempt)
    ).finally(() => underWay.delete(name));
    underWay.set(name, outcome);
    return outcome;
  }

  return { sign, post };
}

function nameOf(ref: AttemptRef): string {
  return `${ref.deliveryId}/${ref.attempt}`;
}

/** The delivery, or why there is nothing to send. */
async function loadUnfinished(
  context: WorkerContext,
  id: string,
): Promise<{ delivery: DeliveryToMake } | { end: DeliveryEnd; attempts: number }> {
  const delivery = await loadDelivery(context.store, id);
  if (delivery === undefined) return { end: 'gone', attempts: 0 };
  const { status, attempts } = delivery;
  if (status !== 'pending' && status !== 'retrying' && status !== 'held')
    return { end: status, attempts };
  if (delivery.keys.length === 0) return { end: 'cancelled', attempts };
  if (delivery.endpoint.status !== 'active' && !delivery.isTest) {
    if (await holdDelivery(context.store, id)) return { end: 'held', attempts };
    return loadUnfinished(context, id);
  }
  return { delivery };
}

/** An attempt of which this process has no signed request: signed by one that is gone, or made already. */
async function postUnprepared(context: WorkerContext, ref: AttemptRef): Promise<PostOutcome> {
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
  const request = prepareRequest(delivery, ref.attempt, context.store.sealer);
  return makeAttempt(context, request, ref.attempt);
}

/** Sends the request, judges the answer and records both, in that order and once. */
async function makeAttempt(
  context: WorkerContext,
  request: PreparedRequest,
  attempt: number,
): Promise<PostOutcome> {
  const startedAt = Date.now();
  const reply = await send(context, request);
  const now = Date.now();
  const record = toRecord({ request, attempt, reply, startedAt, now });
  await recordUntilDurable(context.attemptLog, record, context.log);
  logAttempt(context, request, record);
  // The endpoint's next delivery could not be taken before.
  if (request.delivery.endpoint.ordered && record.status !== 'retrying') context.wake();

  if (record.errorCode === 'endpoint_gone') {
    await setEndpointStatus(context.store, request.delivery.endpoint.id, {
      to: 'disabled',
      from: ['active', 'paused'],
      reason: 'The receiver answered 410 Gone.',
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

async function send(context: WorkerContext, request: PreparedRequest): Promise<Reply> {
  try {
    const { url, headers, body, timeoutMs } = request;
    return {
      answer: await context.egress.request({ method: 'POST', url, headers, body, timeoutMs }),
    };
  } catch (error) {
    if (error instanceof EgressError) return { error };
    throw error;
  }
}

function toRecord(made: {
  request: PreparedRequest;
  attempt: number;
  reply: Reply;
  startedAt: number;
  now: number;
}): AttemptRecord {
  const { request, attempt, reply, startedAt, now } = made;
  const judgement = judgeAnswer(reply, now);
  const facts = {
    deliveryId: request.delivery.id,
    number: attempt,
    startedAt,
    durationMs: now - startedAt,
    statusCode: 'answer' in reply ? reply.answer.status : null,
    errorMessage: 'error' in reply ? reply.error.message : null,
    answerExcerpt: 'answer' in reply ? excerpt(reply.answer.body) : null,
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
    leaseUntil: nextAttemptAt + LEASE_GRACE_MS,
  };
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
      host: new URL(request.url).host,
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
