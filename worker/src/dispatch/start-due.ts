import {
  claimDeliveries,
  type ClaimedDelivery,
  claimVerifications,
  extendLeases,
  returnDeliveries,
  type Store,
} from '@careerhooks/store';
import { eachOf } from './each-of';
import type { Starter } from './starter';
import { CLAIM_MS, LOOK_AGAIN_MS } from './timing';

/** So many are claimed at once. */
const BATCH = 64;
/** How long a started workflow has until it shows progress, in milliseconds. */
const START_GRACE_MS = 60_000;

interface Due {
  store: Store;
  starter: Pick<Starter, 'startDelivery' | 'verify' | 'isConnected'>;
  /** Tells a delivery's workflow to make its next attempt, the one after `attempts`, now. */
  retryNow: (deliveryId: string, attempts: number) => Promise<void>;
}

/**
 * Claims what needs a workflow and has none that shows progress, and starts one: deliveries that
 * were attempted before, and endpoints that are to be challenged.
 *
 * @returns whether there may be more.
 */
export async function startDue(due: Due): Promise<boolean> {
  const { store, starter } = due;
  const leaseUntil = Date.now() + CLAIM_MS;
  const endpoints = await claimVerifications(store, { limit: BATCH, leaseUntil });
  const claimed = await claimDeliveries(store, { limit: BATCH, leaseUntil, which: 'attempted' });
  await eachOf(endpoints, (id) => starter.verify(id));
  await startWorkflows(due, claimed);
  const isFull = claimed.length >= BATCH || endpoints.length >= BATCH;
  return isFull && starter.isConnected();
}

/**
 * What cannot be started is given back; a workflow that runs although its delivery is due is told
 * so, since it may not have heard that its next attempt was asked for, and looked at again: it is about
 * to make the attempt, or it is ending (the delivery was cancelled, and asked for again at once).
 */
async function startWorkflows(
  { store, starter, retryNow }: Due,
  claimed: readonly ClaimedDelivery[],
): Promise<void> {
  const left: string[] = [];
  const ending: string[] = [];
  const started: { id: string; leaseUntil: number }[] = [];
  await eachOf(claimed, async (delivery) => {
    // Where one cannot be started, the rest of the batch need not wait for a timeout each.
    const outcome = left.length > 0 ? undefined : await starter.startDelivery(delivery);
    if (outcome === undefined) left.push(delivery.id);
    else if (outcome === 'running' && dueAt(delivery) <= Date.now()) {
      ending.push(delivery.id);
      await retryNow(delivery.id, delivery.attempts);
    } else started.push({ id: delivery.id, leaseUntil: leaseAfterStart(delivery) });
  });
  await extendLeases(store, started);
  await returnDeliveries(store, left);
  await returnDeliveries(store, ending, Date.now() + LOOK_AGAIN_MS);
}

function leaseAfterStart(delivery: ClaimedDelivery): number {
  return Math.max(Date.now(), dueAt(delivery)) + START_GRACE_MS;
}

function dueAt(delivery: ClaimedDelivery): number {
  return Math.min(delivery.nextAttemptAt, delivery.expiresAt);
}
