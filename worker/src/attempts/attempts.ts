import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { type DeliveryToMake, holdDelivery, loadDelivery } from '@careerhooks/store';
import type { AttemptRef, DeliveryEnd, PostOutcome, SignOutcome } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';
import { type Carrier, makeAttempt } from './make-attempt';
import { type PreparedRequest, prepareRequest } from './prepare-request';

/**
 * The attempts of this process. An attempt is made once, whoever asks first.
 *
 * The first attempt of a delivery belongs to whoever leases it: `begin` makes it
 * the moment the delivery is durable, and its workflow, which starts meanwhile,
 * adopts it by `sign` and `adopt`. Every other attempt is the workflow's: `sign`
 * keeps the signed request here until `post` sends it, and where this process
 * knows nothing of an attempt, the database says whether it was made.
 */
export interface Attempts {
  /**
   * Makes the first attempt of a delivery that is loaded and leased, or joins the one under way.
   *
   * @param inTurn runs the attempt when its endpoint has its turn; undefined where it never gets it,
   *   and the delivery was held instead.
   */
  begin(delivery: DeliveryToMake, carrier: Carrier, inTurn: InTurn): Promise<PostOutcome>;
  sign(ref: AttemptRef): Promise<SignOutcome>;
  post(ref: AttemptRef): Promise<PostOutcome>;
  /** As `post`, for an attempt that was begun here; `under_way` where it takes longer than `patienceMs`. */
  adopt(ref: AttemptRef, patienceMs: number): Promise<PostOutcome | { status: 'under_way' }>;
  /** No workflow adopts this attempt any more. */
  forget(ref: AttemptRef): void;
  isUnderWay(ref: AttemptRef): boolean;
  /** Resolves when none of those that are under way now is any more. */
  settle(): Promise<void>;
}

type InTurn = (work: () => Promise<PostOutcome>) => Promise<PostOutcome | undefined>;

/** A signed request that nobody sent, because its workflow went elsewhere, is dropped beyond this many. */
const MAX_PREPARED = 2_000;

/** An outcome that no workflow asked for, since none was started, is dropped beyond this many. */
const MAX_MADE = 1_000;

/** A first attempt that is under way, or was made a moment ago. */
interface Begun {
  outcome: Promise<PostOutcome>;
  signatures: number;
}

export function createAttempts(context: WorkerContext): Attempts {
  const prepared = new Map<string, PreparedRequest>();
  const underWay = new Map<string, Promise<PostOutcome>>();
  const begun = new Map<string, Begun>();

  function begin(delivery: DeliveryToMake, carrier: Carrier, inTurn: InTurn): Promise<PostOutcome> {
    const attempt = delivery.attempts + 1;
    const name = nameOf({ deliveryId: delivery.id, attempt });
    const joined = underWay.get(name);
    if (joined !== undefined) return joined;
    const outcome = keep(name, async () => {
      const made = await inTurn(() => {
        const request = prepareRequest(delivery, attempt, context.store.sealer);
        return makeAttempt(context, request, attempt, carrier);
      });
      return made ?? { status: 'held', attempts: delivery.attempts };
    });
    if (carrier === 'workflow') {
      begun.set(name, { outcome, signatures: delivery.keys.length });
      dropOldest(begun, MAX_MADE);
      // One that could not be made is nothing to adopt.
      outcome.catch(() => begun.delete(name));
    }
    return outcome;
  }

  async function sign(ref: AttemptRef): Promise<SignOutcome> {
    const adopted = begun.get(nameOf(ref));
    if (adopted !== undefined) {
      return { status: 'signed', begun: true, signatures: adopted.signatures };
    }
    const found = await loadUnfinished(context, ref.deliveryId);
    if ('end' in found) return { status: found.end };
    const { delivery } = found;
    const signed = { status: 'signed' as const, signatures: delivery.keys.length };
    if (delivery.attempts >= ref.attempt || isSomebodysFirst(delivery)) return signed;
    const request = prepareRequest(delivery, ref.attempt, context.store.sealer);
    prepared.set(nameOf(ref), request);
    dropOldest(prepared, MAX_PREPARED);
    return { ...signed, bytes: request.outgoing.body.length };
  }

  function post(ref: AttemptRef): Promise<PostOutcome> {
    const name = nameOf(ref);
    const joined = begun.get(name)?.outcome ?? underWay.get(name);
    if (joined !== undefined) {
      begun.delete(name);
      return joined;
    }
    const request = prepared.get(name);
    prepared.delete(name);
    return keep(name, () =>
      request === undefined
        ? postUnprepared(context, ref)
        : makeAttempt(context, request, ref.attempt, 'workflow'),
    );
  }

  async function adopt(
    ref: AttemptRef,
    patienceMs: number,
  ): Promise<PostOutcome | { status: 'under_way' }> {
    const adopted = begun.get(nameOf(ref));
    if (adopted === undefined) return post(ref);
    const patience = new AbortController();
    const late = sleep(patienceMs, 'late' as const, { signal: patience.signal, ref: false });
    const outcome = await Promise.race([adopted.outcome, late.catch(() => 'late' as const)]);
    patience.abort();
    if (outcome === 'late') return { status: 'under_way' };
    begun.delete(nameOf(ref));
    return outcome;
  }

  /** Until the work ends, whoever asks for the same attempt joins it. */
  function keep(name: string, work: () => Promise<PostOutcome>): Promise<PostOutcome> {
    const outcome = work().finally(() => underWay.delete(name));
    underWay.set(name, outcome);
    return outcome;
  }

  return {
    begin,
    sign,
    post,
    adopt,
    forget: (ref) => void begun.delete(nameOf(ref)),
    isUnderWay: (ref) => underWay.has(nameOf(ref)),
    async settle() {
      await Promise.allSettled(underWay.values());
    },
  };
}

function nameOf(ref: AttemptRef): string {
  return `${ref.deliveryId}/${ref.attempt}`;
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

/**
 * Whether a dispatcher is to make this attempt: the first of its round. Nobody
 * leases a test: whoever asked for it makes its attempt.
 */
function isSomebodysFirst(delivery: DeliveryToMake): boolean {
  return delivery.status === 'pending' && delivery.leaseUntil !== null;
}

/**
 * The delivery, or how it has ended. While its endpoint is not active it is
 * held, which ends its workflow; activation starts another.
 */
async function loadUnfinished(
  context: WorkerContext,
  id: string,
): Promise<{ delivery: DeliveryToMake } | { end: DeliveryEnd; attempts: number }> {
  const delivery = await loadDelivery(context.store, id);
  if (delivery === undefined) return { end: 'gone', attempts: 0 };
  const { status, attempts } = delivery;
  if (status !== 'pending' && status !== 'retrying') return { end: status, attempts };
  if (delivery.keys.length === 0) return { end: 'cancelled', attempts };
  if (delivery.endpoint.status !== 'active' && !delivery.isTest) {
    if (await holdDelivery(context.store, id)) return { end: 'held', attempts };
    return loadUnfinished(context, id);
  }
  return { delivery };
}

/** How long to wait for whoever leases a first attempt, before the database is asked again. */
const ELSEWHERE_WAIT = '1s';

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
