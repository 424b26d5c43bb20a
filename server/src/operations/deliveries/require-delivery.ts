import { type DeliveryDetail, getDelivery, getEndpoint } from '@careerhooks/store';
import { z } from 'zod';
import { type Caller, scopeOf } from '../../access/caller';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { shortText } from '../../schemas/common';

/** The path parameter of everything about one delivery. */
export const deliveryParams = z.object({
  id: shortText(64).meta({ description: 'Id of the delivery' }),
});

/** The delivery with its attempts and its outcome, if the caller may see it; throws Problem `not_found`. */
export async function requireDelivery(
  context: ServerContext,
  id: string,
  caller: Caller,
): Promise<DeliveryDetail> {
  const delivery = await getDelivery(context.store, id, scopeOf(caller));
  if (delivery === undefined) throw deliveryNotFound(id);
  return delivery;
}

/**
 * The same, to change what becomes of it: that is for those who may see its endpoint, too, and not for
 * the user whose event it is. Throws Problem `not_found` or `forbidden`.
 */
export async function requireOwnDelivery(
  context: ServerContext,
  id: string,
  caller: Caller,
): Promise<DeliveryDetail> {
  const delivery = await requireDelivery(context, id, caller);
  const { store } = context;
  const endpoint = await getEndpoint(store, delivery.endpointId, scopeOf(caller), 'deleted');
  if (endpoint !== undefined) return delivery;
  throw new Problem('forbidden', 'It goes to an endpoint of another owner, whose key may do that.');
}

/** What everybody hears who asks for a delivery that is not there, or not theirs. */
export function deliveryNotFound(id: string): Problem {
  return new Problem('not_found', `There is no delivery ${id}.`);
}
