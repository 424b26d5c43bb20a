import {
  claimDeliveries,
  type ClaimedDelivery,
  expireDelivery,
  type Holds,
  type Store,
} from '@careerhooks/store';
import type { EndpointLimiter } from '../limiter/endpoint-limiter';
import type { ClaimedSender, ClaimedWithSlot } from './send-claimed';
import { CLAIM_MS } from './timing';

/** So many are claimed at once. */
const BATCH = 64;

/**
 * Claims deliveries that nobody leases and that were not attempted yet, and makes the first attempts
 * that there is a slot for; the others wait in their endpoints' backlogs, or have expired.
 *
 * @returns whether there may be more.
 */
export async function sendDue(settings: {
  store: Store;
  holds: Holds;
  limiter: Pick<EndpointLimiter, 'acquire'>;
  claimedSender: ClaimedSender;
}): Promise<boolean> {
  const { store, holds, limiter, claimedSender } = settings;
  const now = Date.now();
  const claim = { limit: BATCH, leaseUntil: now + CLAIM_MS, which: 'first' } as const;
  const claimed = await claimDeliveries(store, claim);
  const { expired, fit, crowded } = sort(claimed, limiter, Date.now());
  // First of all, since it answers for the slots.
  await claimedSender.send(fit);
  if (crowded.length > 0) await holds.add(crowded);
  for (const id of expired) await expireDelivery(store, id);
  return claimed.length >= BATCH;
}

function sort(
  claimed: readonly ClaimedDelivery[],
  limiter: Pick<EndpointLimiter, 'acquire'>,
  now: number,
): { expired: string[]; fit: ClaimedWithSlot[]; crowded: string[] } {
  const expired: string[] = [];
  const fit: ClaimedWithSlot[] = [];
  const crowded: string[] = [];
  for (const delivery of claimed) {
    const { id, endpointId, ratePerSecond, expiresAt } = delivery;
    if (expiresAt <= now) {
      expired.push(id);
      continue;
    }
    const slot = limiter.acquire({ id: endpointId, ratePerSecond });
    if (slot === undefined) crowded.push(id);
    else fit.push({ delivery, slot });
  }
  return { expired, fit, crowded };
}
