import { setTimeout as sleep } from 'node:timers/promises';
import { assignBurst, type DeliveryToMake, returnDeliveries, type Store } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import type { Attempts } from '../attempts/attempts';
import { waitAtMost } from '../wait-at-most';
import type { Bursts } from './bursts';
import type { StartedDelivery } from './start-workflow';
import type { Starter } from './starter';
import { LOOK_AGAIN_MS, STOP_PATIENCE_MS } from './timing';

/**
 * The workflows of deliveries that come alone:
 *
 * - *Heading*: the first attempt has the machine for itself for a moment, and the few that a rush begins with
 *   are seen to belong to it. It ends early where the attempt is made, and has not succeeded.
 * - *Joined*: it was delivered by then, and a burst has opened meanwhile: that stands for it, and it has no
 *   workflow of its own.
 * - *Started*: otherwise its workflow is started, which adopts the attempt. That is all.
 * - *Not started*, since Temporal is away, or the workflow of an earlier round is still ending: once the
 *   attempt is made, the dispatcher looks again, and starts one should it need another. Not before: another
 *   process would make it, too. One that is delivered while Temporal is away belongs to the burst of that time.
 */
export interface DeliveryWorkflows {
  /** Has this delivery carried, whose first attempt is under way. */
  follow(delivery: DeliveryToMake, attempt: Promise<PostOutcome>): void;
  /** Resolves when all that was to be started is, or none can be. */
  settle(): Promise<void>;
}

/** Most receivers nearby have answered by then, and a rush has shown itself. */
const HEAD_START_MS = 30;

interface Settings {
  store: Store;
  attempts: Pick<Attempts, 'forget'>;
  bursts: Pick<Bursts, 'add' | 'burstFor' | 'join'>;
  starter: Pick<Starter, 'startDelivery'>;
  log: Logger;
}

/** A delivery that comes alone, and its first attempt. */
interface Followed {
  delivery: DeliveryToMake;
  attempt: Promise<PostOutcome>;
}

export function createDeliveryWorkflows(settings: Settings): DeliveryWorkflows {
  const underWay = new Set<Promise<unknown>>();
  return {
    follow(delivery, attempt) {
      const following = joinOrStart(settings, { delivery, attempt })
        // Nobody waits for it: what it was to do is found in the database again.
        .catch((error: unknown) => settings.log.warn({ err: error }, 'the database did not answer'))
        .finally(() => underWay.delete(following));
      underWay.add(following);
    },
    settle: () => waitAtMost(STOP_PATIENCE_MS, Promise.all(underWay)),
  };
}

async function joinOrStart(settings: Settings, followed: Followed): Promise<void> {
  const { delivery, attempt } = followed;
  const begunAt = performance.now();
  const headStart = sleep(HEAD_START_MS, undefined);
  const outcome = await Promise.race([attempt.catch(() => undefined), headStart]);
  if (outcome?.status === 'delivered') {
    await headStart;
    const burstId = settings.bursts.join(begunAt, delivery.endpoint.id, attempt);
    if (burstId !== undefined) return leaveToBurst(settings, delivery, burstId);
  }
  return startOwn(settings, followed);
}

/** The burst stands for it: no workflow adopts its attempt. */
function leaveToBurst(
  { store, attempts }: Settings,
  delivery: DeliveryToMake,
  burstId: string,
): Promise<void> {
  attempts.forget({ deliveryId: delivery.id, attempt: delivery.attempts + 1 });
  return assignBurst(store, [delivery.id], burstId);
}

async function startOwn(settings: Settings, followed: Followed): Promise<void> {
  const { delivery, attempt } = followed;
  const { store, bursts, starter } = settings;
  const outcome = await starter.startDelivery(toStart(delivery));
  if (outcome === 'started') return;
  const made = await attempt.catch(() => undefined);
  if (outcome === undefined && made?.status === 'delivered') {
    const burstId = bursts.burstFor(1, 0);
    if (burstId === undefined) return startOwn(settings, followed);
    bursts.add(burstId, delivery.endpoint.id, attempt);
    return leaveToBurst(settings, delivery, burstId);
  }
  const from = Date.now() + (outcome === 'running' ? LOOK_AGAIN_MS : 0);
  await returnDeliveries(store, [delivery.id], from);
}

function toStart(delivery: DeliveryToMake): StartedDelivery {
  const { id, event, endpoint, attempts, nextAttemptAt, expiresAt } = delivery;
  return {
    id,
    system: event.system,
    type: event.type,
    endpointId: endpoint.id,
    url: endpoint.url,
    attempts,
    nextAttemptAt: nextAttemptAt ?? Date.now(),
    expiresAt,
  };
}
