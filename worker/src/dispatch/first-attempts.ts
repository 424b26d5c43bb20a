import {
  assignBurst,
  type ClaimedDelivery,
  type DeliveryToMake,
  extendLeases,
  FIRST_ATTEMPT_LEASE_MS,
  type FirstAttempts,
  holdDelivery,
  type Holds,
  loadDeliveries,
  type Store,
} from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import type { Attempts } from '../attempts/attempts';
import { waitAtMost } from '../wait-at-most';
import type { Bursts } from './bursts';
import type { EndpointLimiter } from './endpoint-limiter';
import type { DeliveryWorkflows } from './delivery-workflows';

/**
 * Makes first attempts the moment there is a delivery to make: of what was just
 * accepted in this process (`sendReserved`), and of what the dispatcher claimed from the
 * database (`sendClaimed`).
 */
export interface FirstAttemptMaker extends FirstAttempts {
  /**
   * Makes the first attempts of deliveries that are claimed and have slots in
   * their limiter; the others are held.
   */
  sendClaimed(deliveries: readonly ClaimedDelivery[]): Promise<void>;
  /** Begins nothing more; resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const RENEW_EVERY_MS = 3_000;
/** A first attempt is begun only while its lease lasts for at least this long. */
const SPARE_MS = RENEW_EVERY_MS + 1_000;
/** Longer than any attempt takes; what has not ended then is taken up by the next start. */
export const STOP_PATIENCE_MS = 40_000;

export function createFirstAttempts(settings: {
  store: Store;
  holds: Holds;
  attempts: Attempts;
  limiter: EndpointLimiter;
  bursts: Bursts;
  deliveryWorkflows: Pick<DeliveryWorkflows, 'follow'>;
  /** Has the dispatcher look into the database. */
  wake(): void;
  log: Logger;
}): FirstAttemptMaker {
  const { store, holds, attempts, limiter, bursts, deliveryWorkflows, log } = settings;
  /** When each was begun, or its lease was last renewed, by `performance.now()`. */
  const leased = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();

  function sendReserved(deliveries: readonly DeliveryToMake[]): void {
    for (const delivery of deliveries) {
      if ((delivery.leaseUntil ?? 0) < Date.now() + SPARE_MS) {
        // It took long to become durable: somebody else may have it by the time it is sent.
        limiter.giveBack(delivery.endpoint.id);
        continue;
      }
      const attempt = make(delivery);
      if (delivery.burstId === null) deliveryWorkflows.follow(delivery, attempt);
      else bursts.add(delivery.burstId, delivery.endpoint.id, attempt);
      const settled = attempt
        .catch((error: unknown) =>
          log.error({ err: error, delivery: delivery.id }, 'a first attempt could not be made'),
        )
        .finally(() => {
          leased.delete(delivery.id);
          underWay.delete(settled);
        });
      underWay.add(settled);
    }
  }

  function make(delivery: DeliveryToMake): Promise<PostOutcome> {
    leased.set(delivery.id, performance.now());
    const carrier = delivery.burstId === null ? 'workflow' : 'burst';
    const slot = { used: false };
    const attempt = attempts.begin(delivery, carrier, async (work) => {
      slot.used = true;
      const outcome = await limiter.run(delivery.endpoint.id, async () =>
        isLost(delivery.id) ? undefined : work(),
      );
      if (outcome === undefined && !isLost(delivery.id)) await holds.add([delivery.id]);
      return outcome;
    });
    // It joined one that is under way, and has a slot.
    if (!slot.used) limiter.giveBack(delivery.endpoint.id);
    return attempt;
  }

  async function sendClaimed(claimed: readonly ClaimedDelivery[]): Promise<void> {
    let ready: DeliveryToMake[] = [];
    try {
      ready = await prepare(claimed);
    } finally {
      // Where the database did not answer, too: what is leased is claimed again later.
      const slots = new Set(ready.map(({ id }) => id));
      for (const { id, endpointId } of claimed) if (!slots.has(id)) limiter.giveBack(endpointId);
    }
    sendReserved(ready);
  }

  /** Those whose endpoints are active, marked with what carries them; the others are held. */
  async function prepare(claimed: readonly ClaimedDelivery[]): Promise<DeliveryToMake[]> {
    const deliveries = await loadDeliveries(
      store,
      claimed.map(({ id }) => id),
    );
    const [ready, idle] = divide(deliveries, ({ endpoint }) => endpoint.status === 'active');
    for (const { id } of idle) await holdDelivery(store, id);
    const burstId = bursts.burstFor(ready.length, ready.length) ?? null;
    const others = ready.filter((delivery) => delivery.burstId !== burstId);
    await assignBurst(
      store,
      others.map(({ id }) => id),
      burstId,
    );
    return ready.map((delivery) => ({ ...delivery, burstId }));
  }

  /**
   * A process that stood still, or was cut off from the database, for longer than a
   * lease lasts finds that others have what waited here for its turn.
   */
  function isLost(id: string): boolean {
    return performance.now() > (leased.get(id) ?? 0) + FIRST_ATTEMPT_LEASE_MS;
  }

  /** An attempt may take longer than its delivery's lease. */
  async function renew(): Promise<void> {
    const now = performance.now();
    const old = [...leased].filter(([id, since]) => since < now - RENEW_EVERY_MS && !isLost(id));
    if (old.length === 0) return;
    const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
    await extendLeases(
      store,
      old.map(([id]) => ({ id, leaseUntil })),
    );
    for (const [id] of old) if (leased.has(id)) leased.set(id, now);
  }

  const renewing = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'leases could not be renewed'));
  }, RENEW_EVERY_MS);

  return {
    admit: (endpoint) => limiter.admit(endpoint),
    giveBack: (endpointId) => limiter.giveBack(endpointId),
    burstFor: (admitted, written) => bursts.burstFor(admitted, written),
    wake: () => settings.wake(),
    sendReserved,
    sendClaimed,
    async stop() {
      limiter.close();
      bursts.close();
      await waitAtMost(STOP_PATIENCE_MS, Promise.all(underWay));
      clearInterval(renewing);
    },
  };
}

function divide<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
