import { extendLeases, FIRST_ATTEMPT_LEASE_MS, type Store } from '@careerhooks/store';
import type { Logger } from 'pino';

/**
 * The leases of the first attempts that this process makes:
 *
 * - *Kept*: the delivery was leased to this process; the lease is renewed every 3 s, as an attempt may
 *   take longer than it lasts.
 * - *Lost*: it could not be renewed for longer than it lasts, since the process stood still or was cut off
 *   from the database. Others have the delivery by now.
 * - *Dropped*: the attempt has ended.
 */
export interface Leases {
  /** Keeps the lease of this delivery from now on. */
  keep(deliveryId: string): void;
  drop(deliveryId: string): void;
  isLost(deliveryId: string): boolean;
  /** Renews nothing more. */
  stop(): void;
}

const RENEW_EVERY_MS = 3_000;
/** A first attempt is begun only while its lease lasts for at least this long, in milliseconds. */
export const SPARE_MS = RENEW_EVERY_MS + 1_000;

export function createLeases(store: Store, log: Logger): Leases {
  /** When each began, or was last renewed, by `performance.now()`. */
  const kept = new Map<string, number>();

  function isLost(id: string): boolean {
    return performance.now() > (kept.get(id) ?? 0) + FIRST_ATTEMPT_LEASE_MS;
  }

  async function renew(): Promise<void> {
    const now = performance.now();
    const old = [...kept].filter(([id, since]) => since < now - RENEW_EVERY_MS && !isLost(id));
    if (old.length === 0) return;
    const leaseUntil = Date.now() + FIRST_ATTEMPT_LEASE_MS;
    await extendLeases(
      store,
      old.map(([id]) => ({ id, leaseUntil })),
    );
    for (const [id] of old) if (kept.has(id)) kept.set(id, now);
  }

  const renewing = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'leases could not be renewed'));
  }, RENEW_EVERY_MS);

  return {
    keep: (id) => void kept.set(id, performance.now()),
    drop: (id) => void kept.delete(id),
    isLost,
    stop: () => clearInterval(renewing),
  };
}
