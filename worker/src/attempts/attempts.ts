import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryToMake } from '@careerhooks/store';
import type { AttemptRef, PostOutcome, SignOutcome } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';
import { isSomebodysFirst, loadUnfinished } from './load-unfinished';
import { type Carrier, makeAttempt } from './make-attempt';
import { postUnprepared } from './post-unprepared';
import { type PreparedRequest, prepareRequest } from './prepare-request';

/**
 * The attempts of this process. An attempt is made once, whoever asks first:
 *
 * - *Unknown*: this process knows nothing of it. `begin` makes it; `sign` prepares it; `post` makes it, unless
 *   the database says that it was made.
 * - *Prepared*: its signed request is kept here, until `post` sends it.
 * - *Under way*: whoever asks for it joins it. It ends recorded in the database, and is unknown here again.
 * - *Begun*: a first attempt, under way or made, whose outcome is kept for its workflow, which signs and adopts
 *   it without the database. `adopt`, `post` or `forget` ends that.
 *
 * The first attempt of a delivery belongs to whoever leases it: `begin` makes it the moment the delivery is
 * durable, and its workflow, which starts meanwhile, adopts it. Every other attempt is the workflow's.
 */
export interface Attempts {
  /**
   * Makes the first attempt of a delivery that is loaded and leased, or joins the one under way.
   *
   * @param inTurn runs the attempt when its endpoint has its turn; undefined where it never gets it,
   *   and the delivery was held instead. It is called at once, before `begin` returns, or never, where
   *   the attempt joins another.
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
const MAX_BEGUN = 1_000;

/** A first attempt that is under way, or was made a moment ago. */
interface Begun {
  outcome: Promise<PostOutcome>;
  signatures: number;
}

/** What this process knows of attempts, by their names. */
interface Known {
  context: WorkerContext;
  prepared: Map<string, PreparedRequest>;
  underWay: Map<string, Promise<PostOutcome>>;
  begun: Map<string, Begun>;
}

export function createAttempts(context: WorkerContext): Attempts {
  const known: Known = { context, prepared: new Map(), underWay: new Map(), begun: new Map() };
  const { underWay, begun } = known;
  return {
    begin: (delivery, carrier, inTurn) => begin(known, { delivery, carrier, inTurn }),
    sign: (ref) => sign(known, ref),
    post: (ref) => post(known, ref),
    adopt: (ref, patienceMs) => adopt(known, ref, patienceMs),
    forget: (ref) => void begun.delete(nameOf(ref)),
    isUnderWay: (ref) => underWay.has(nameOf(ref)),
    async settle() {
      await Promise.allSettled(underWay.values());
    },
  };
}

function begin(
  known: Known,
  first: { delivery: DeliveryToMake; carrier: Carrier; inTurn: InTurn },
): Promise<PostOutcome> {
  const { context, underWay, begun } = known;
  const { delivery, carrier, inTurn } = first;
  const attempt = delivery.attempts + 1;
  const name = nameOf({ deliveryId: delivery.id, attempt });
  const joined = underWay.get(name);
  if (joined !== undefined) return joined;
  const outcome = keepUnderWay(known, name, async () => {
    const made = await inTurn(() => {
      const request = prepareRequest(delivery, attempt, context.store.sealer);
      return makeAttempt(context, request, attempt, carrier);
    });
    return made ?? { status: 'held', attempts: delivery.attempts };
  });
  if (carrier === 'workflow') {
    begun.set(name, { outcome, signatures: delivery.keys.length });
    dropOldest(begun, MAX_BEGUN);
    // One that could not be made is nothing to adopt.
    outcome.catch(() => begun.delete(name));
  }
  return outcome;
}

async function sign({ context, prepared, begun }: Known, ref: AttemptRef): Promise<SignOutcome> {
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

function post(known: Known, ref: AttemptRef): Promise<PostOutcome> {
  const { context, prepared, underWay, begun } = known;
  const name = nameOf(ref);
  const joined = begun.get(name)?.outcome ?? underWay.get(name);
  if (joined !== undefined) {
    begun.delete(name);
    return joined;
  }
  const request = prepared.get(name);
  prepared.delete(name);
  return keepUnderWay(known, name, () =>
    request === undefined
      ? postUnprepared(context, ref)
      : makeAttempt(context, request, ref.attempt, 'workflow'),
  );
}

async function adopt(
  known: Known,
  ref: AttemptRef,
  patienceMs: number,
): Promise<PostOutcome | { status: 'under_way' }> {
  const name = nameOf(ref);
  const adopted = known.begun.get(name);
  if (adopted === undefined) return post(known, ref);
  const patience = new AbortController();
  const late = sleep(patienceMs, 'late' as const, { signal: patience.signal, ref: false });
  const outcome = await Promise.race([adopted.outcome, late.catch(() => 'late' as const)]);
  patience.abort();
  if (outcome === 'late') return { status: 'under_way' };
  known.begun.delete(name);
  return outcome;
}

/** Until the work ends, whoever asks for the same attempt joins it. */
function keepUnderWay(
  { underWay }: Known,
  name: string,
  work: () => Promise<PostOutcome>,
): Promise<PostOutcome> {
  const outcome = work().finally(() => underWay.delete(name));
  underWay.set(name, outcome);
  return outcome;
}

function nameOf(ref: AttemptRef): string {
  return `${ref.deliveryId}/${ref.attempt}`;
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
