import type { DeliveryToMake, Holds, Store } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import type { Attempts } from '../attempts/attempts';
import type { Slot } from '../limiter/slot';
import { waitAtMost } from '../wait-at-most';
import type { Bursts } from './bursts';
import type { DeliveryWorkflows } from './delivery-workflows';
import { createLeases, type Leases, SPARE_MS } from './leases';
import { STOP_PATIENCE_MS } from './timing';

/**
 * Makes first attempts the moment there is a delivery to make, that is durable and leased to this
 * process: of what was just accepted (`reserve.ts`), and of what was claimed from the database
 * (`send-claimed.ts`). A burst carries the delivery, or a workflow of its own follows it.
 *
 * - *Late*: its lease runs out soon. It gives its slot back, and is left to whoever claims it.
 * - *Waiting* for its turn, with its slot and its lease kept. Where the endpoint begins to fail first, it is
 *   *held*: its backlog has it.
 * - *Lost*: when it is its turn, others have its lease. It is neither sent nor held.
 * - *Sent*, and recorded: its lease and its slot end with the attempt.
 */
export interface FirstSender {
  /** @param slot is used, or given back. */
  send(delivery: DeliveryToMake, slot: Slot): void;
  /** Resolves when nothing is under way any more, or that would take too long. */
  stop(): Promise<void>;
}

export function createFirstSender(settings: {
  store: Store;
  holds: Holds;
  attempts: Pick<Attempts, 'begin'>;
  bursts: Pick<Bursts, 'add'>;
  deliveryWorkflows: Pick<DeliveryWorkflows, 'follow'>;
  log: Logger;
}): FirstSender {
  const { store, holds, attempts, bursts, deliveryWorkflows, log } = settings;
  const leases = createLeases(store, log);
  const underWay = new Set<Promise<unknown>>();

  function begin(delivery: DeliveryToMake, slot: Slot): Promise<PostOutcome> {
    leases.keep(delivery.id);
    const carrier = delivery.burstId === null ? 'workflow' : 'burst';
    const attempt = attempts.begin(delivery, carrier, (work) =>
      runUnlessLost({ delivery, slot, leases, holds }, work),
    );
    // It joined one that is under way, which has a slot.
    slot.release();
    return attempt;
  }

  return {
    send(delivery, slot) {
      if ((delivery.leaseUntil ?? 0) < Date.now() + SPARE_MS) {
        // It took long to become durable: somebody else may have it by the time it is sent.
        slot.release();
        return;
      }
      const attempt = begin(delivery, slot);
      if (delivery.burstId === null) deliveryWorkflows.follow(delivery, attempt);
      else bursts.add(delivery.burstId, delivery.endpoint.id, attempt);
      const settled = attempt
        .catch((error: unknown) =>
          log.error({ err: error, delivery: delivery.id }, 'a first attempt could not be made'),
        )
        .finally(() => {
          leases.drop(delivery.id);
          underWay.delete(settled);
        });
      underWay.add(settled);
    },
    async stop() {
      await waitAtMost(STOP_PATIENCE_MS, Promise.all(underWay));
      leases.stop();
    },
  };
}

/** Makes an attempt when it is its turn; undefined where others have it by then, or it is held instead. */
async function runUnlessLost(
  first: { delivery: DeliveryToMake; slot: Slot; leases: Leases; holds: Holds },
  work: () => Promise<PostOutcome>,
): Promise<PostOutcome | undefined> {
  const { delivery, slot, leases, holds } = first;
  const outcome = await slot.run(async () => (leases.isLost(delivery.id) ? undefined : work()));
  if (outcome === undefined && !leases.isLost(delivery.id)) await holds.add([delivery.id]);
  return outcome;
}
