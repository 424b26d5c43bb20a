import { type DeliveryToMake, holdDelivery, loadDelivery } from '@careerhooks/store';
import type { DeliveryEnd } from '@careerhooks/workflows';
import type { WorkerContext } from '../context';

/**
 * The delivery, or how it has ended. While its endpoint is not active it is
 * held, which ends its workflow; activation starts another.
 */
export async function loadUnfinished(
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

/**
 * Whether a dispatcher is to make this attempt: the first of its round. Nobody
 * leases a test: whoever asked for it makes its attempt.
 */
export function isSomebodysFirst(delivery: DeliveryToMake): boolean {
  return delivery.status === 'pending' && delivery.leaseUntil !== null;
}
