import { checkUrl } from '@careerhooks/egress';
import type { SavedEndpoint } from '@careerhooks/store';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { registerEndpoint, type WantedEndpoint } from '../../endpoints/register';
import { ownerOf } from '../identify';

/** A webhook as a product's document lets its owner register it. */
export type WantedWebhook = Omit<WantedEndpoint, 'system' | 'user' | 'verify'>;

/**
 * Registers a webhook of the caller's, or updates the one at the same URL. Its URL is challenged only
 * where the product's document says so: other receivers would not answer.
 */
export async function registerWebhook(
  context: ServerContext,
  caller: Caller,
  wanted: WantedWebhook,
): Promise<SavedEndpoint> {
  // The documents know webhooks alone, whatever other destinations there are.
  checkUrl(wanted.url, context.egressPolicy);
  return registerEndpoint(context, { ...wanted, ...ownerOf(caller) });
}
