import { setTimeout as sleep } from 'node:timers/promises';
import { assignBurst, type DeliveryToMake, returnDeliveries, type Store } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import type { Attempts } from '../attempts/attempts';
import { waitAtMost } from '../wait-at-most';
import type { Bursts } from './bursts';
import type { Starter } from './starter';
import { LOOK_AGAIN_MS, STOP_PATIENCE_MS } from './timing';

/**
 * The workflows of deliveries that come alone. Each is started a moment after its
 * first attempt: the attempt has the machine for itself until then, and the few that
 * a rush begins with are seen to belong to it. Those of them that are delivered by
 * then join its burst, and have no workflow of their own.
 */
export interface DeliveryWorkflows {
  /** Has this delivery carried, whose first attempt is under way. */
  follow(delivery: DeliveryToMake, attempt: Promise<PostOutcome>): void;
  /** Resolves when all that was to be started is, or none can be. */
  settle(): Promise<void>;
}

/** Most receivers nearby have answered by then, and a rush has shown itself. */
const HEAD_START_MS = 30;

export function createDeliveryWorkflows(settings: {
  store: Store;
  attempts: Pick<Attempts, 'forget'>;
  bursts: Pick<Bursts, 'add' | 'burstFor' | 'join'>;
  starter: Pick<Starter, 'startDelivery'>;
  log: Logger;
}): DeliveryWorkflows {
  const { store, attempts, bursts, starter, log } = settings;
  const underWay = new Set<Promise<unknown>>();

  async function begin(delivery: DeliveryToMake, attempt: Promise<PostOutcome>): Promise<void> {
    const begunAt = performance.now();
    const headStart = sleep(HEAD_START_MS, undefined);
    const outcome = await Promise.race([attempt.catch(() => undefined), headStart]);
    if (outcome?.status === 'delivered') {
      await headStart;
      const burstId = bursts.join(begunAt, delivery.endpoint.id, attempt);
      if (burstId !== undefined) return leaveToBurst(delivery, burstId);
    }
    return startOwn(delivery, attempt);
  }

  /** The burst stands for it: no workflow adopts its attempt. */
  function leaveToBurst(delivery: DeliveryToMake, burstId: string): Promise<void> {
    attempts.forget({ deliveryId: delivery.id, attempt: delivery.attempts + 1 });
    return assignBurst(store, [delivery.id], burstId);
  }

  /**
   * Where Temporal is away, or the workflow of an earlier round is still ending,
   * the dispatcher looks again once the attempt is made: should it need another,
   * its workflow is started then. Not before: another process would make it, too.
   * One that is delivered while Temporal is away belongs to the burst of that time.
   */
  async function startOwn(delivery: DeliveryToMake, attempt: Promise<PostOutcome>): Promise<void> {
    const { event, endpoint } = delivery;
    const outcome = await starter.startDelivery({
      id: delivery.id,
      system: event.system,
      type: event.type,
      endpointId: endpoint.id,
      url: endpoint.url,
      attempts: delivery.attempts,
      nextAttemptAt: delivery.nextAttemptAt ?? Date.now(),
      expiresAt: delivery.expiresAt,
    });
    if (outcome === 'started') return;
    const made = await attempt.catch(() => undefined);
    if (outcome === undefined && made?.status === 'delivered') {
      const burstId = bursts.burstFor(1, 0);
      if (burstId === undefined) return startOwn(delivery, attempt);
      bursts.add(burstId, endpoint.id, attempt);
      return leaveToBurst(delivery, burstId);
    }
    const from = Date.now() + (outcome === 'running' ? LOOK_AGAIN_MS : 0);
    await returnDeliveries(store, [delivery.id], from);
  }

  return {
    follow(delivery, attempt) {
      const following = begin(delivery, attempt)
        // Nobody waits for it: what it was to do is found in the database again.
        .catch((error: unknown) => log.warn({ err: error }, 'the database did not answer'))
        .finally(() => underWay.delete(following));
      underWay.add(following);
    },
    settle: () => waitAtMost(STOP_PATIENCE_MS, Promise.all(underWay)),
  };
}
