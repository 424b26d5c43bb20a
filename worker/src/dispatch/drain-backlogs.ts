import {
  type Backlog,
  type ClaimedDelivery,
  endBacklog,
  listBacklogs,
  pullHeld,
  returnDeliveries,
  type Store,
} from '@careerhooks/store';
import type { EndpointLimiter } from '../limiter/endpoint-limiter';
import type { Slot } from '../limiter/slot';
import type { ClaimedSender, ClaimedWithSlot } from './send-claimed';
import { CLAIM_MS } from './timing';

/**
 * Drains the backlogs of endpoints, in order, as far as their limiters have room:
 *
 * - an endpoint that works: as many as there are slots for;
 * - an ordered one: the next alone, once nothing before it is unfinished;
 * - one that is failing: one probe, when it is time for one;
 * - nothing waits any more: the backlog ends.
 */
export interface BacklogDrain {
  /** Pulls from each backlog once; whether any has moved. Ends early where it is `stopping`. */
  run(stopping: AbortSignal): Promise<boolean>;
  /** Whether this endpoint had a backlog at the last run. */
  has(endpointId: string): boolean;
  /** Whether the rate limit of one decides when its next delivery may go. */
  isRateLimited(): boolean;
}

/** So many are pulled at once of one endpoint. */
const BATCH = 64;

interface Settings {
  store: Store;
  limiter: Pick<EndpointLimiter, 'acquire' | 'acquireProbe' | 'undoProbe' | 'setFailing'>;
  claimedSender: ClaimedSender;
  /** Something was given back that needs a workflow. */
  wakeWorkflows: () => void;
  /** A backlog has ended, into which another process may have written meanwhile. */
  ended(): void;
}

export function createBacklogDrain(settings: Settings): BacklogDrain {
  let backlogs: Backlog[] = [];
  return {
    async run(stopping) {
      backlogs = await listBacklogs(settings.store);
      let moved = false;
      for (const backlog of backlogs) {
        if (stopping.aborted) return false;
        if (await drain(settings, backlog)) moved = true;
      }
      return moved;
    },
    has: (endpointId) => backlogs.some((backlog) => backlog.endpointId === endpointId),
    isRateLimited: () => backlogs.some(({ ratePerSecond }) => ratePerSecond !== null),
  };
}

async function drain(settings: Settings, backlog: Backlog): Promise<boolean> {
  const failing = backlog.failingSince !== null;
  settings.limiter.setFailing(backlog.endpointId, failing);
  return failing ? probe(settings, backlog) : pullFree(settings, backlog);
}

/** As many as there are slots for; whether there were any. */
async function pullFree(settings: Settings, backlog: Backlog): Promise<boolean> {
  const slots = acquireUpTo(settings.limiter, backlog, backlog.ordered ? 1 : BATCH);
  if (slots.length === 0) return false;
  const pulled = await pull(settings, backlog, slots);
  await sendOrEnd(settings, backlog, pulled);
  return !isEmpty(pulled);
}

/**
 * Any number of endpoints may be gone for good: they cost no statement each while nothing waits for
 * them. What comes of a probe is seen later, so that nothing has moved yet.
 */
async function probe(settings: Settings, backlog: Backlog): Promise<false> {
  const { endpointId: id, ratePerSecond, waits } = backlog;
  const slot = waits ? settings.limiter.acquireProbe({ id, ratePerSecond }) : undefined;
  if (slot === undefined) return false;
  let pulled: Pulled | undefined;
  try {
    pulled = await pull(settings, backlog, [slot]);
  } finally {
    if (pulled === undefined || isEmpty(pulled)) settings.limiter.undoProbe(id);
  }
  await sendOrEnd(settings, backlog, pulled);
  return false;
}

/** What was pulled from a backlog. */
interface Pulled {
  first: ClaimedWithSlot[];
  /** Those that were attempted before, which need a workflow. */
  attempted: ClaimedDelivery[];
}

function isEmpty({ first, attempted }: Pulled): boolean {
  return first.length + attempted.length === 0;
}

/** At most one delivery for each slot; slots that are not used are given back, also where it throws. */
async function pull(
  { store }: Settings,
  { endpointId, ordered }: Backlog,
  slots: readonly Slot[],
): Promise<Pulled> {
  const unused = [...slots];
  try {
    const leaseUntil = Date.now() + CLAIM_MS;
    const pulled = await pullHeld(store, { endpointId, ordered, limit: slots.length, leaseUntil });
    const first: ClaimedWithSlot[] = [];
    for (const delivery of pulled) {
      const slot = delivery.isFirst ? unused.pop() : undefined;
      if (slot !== undefined) first.push({ delivery, slot });
    }
    return { first, attempted: pulled.filter(({ isFirst }) => !isFirst) };
  } finally {
    for (const slot of unused) slot.release();
  }
}

async function sendOrEnd(
  settings: Settings,
  { endpointId }: Backlog,
  pulled: Pulled,
): Promise<void> {
  if (isEmpty(pulled)) {
    if (await endBacklog(settings.store, endpointId)) settings.ended();
    return;
  }
  await settings.claimedSender.send(pulled.first);
  await leaveToWorkflows(settings, pulled.attempted);
}

async function leaveToWorkflows(
  { store, wakeWorkflows }: Settings,
  deliveries: readonly ClaimedDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await returnDeliveries(
    store,
    deliveries.map(({ id }) => id),
  );
  wakeWorkflows();
}

function acquireUpTo(
  limiter: Settings['limiter'],
  { endpointId: id, ratePerSecond }: Backlog,
  most: number,
): Slot[] {
  const slots: Slot[] = [];
  while (slots.length < most) {
    const slot = limiter.acquire({ id, ratePerSecond });
    if (slot === undefined) break;
    slots.push(slot);
  }
  return slots;
}
