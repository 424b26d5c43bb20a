import { checkUrl } from '@careerhooks/egress';
import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { changeEndpoint, type WantedChanges } from '../../endpoints/change';
import { Problem } from '../../problems/problem';
import { requireWebhook, webhookNotFound } from './require-webhook';

/**
 * Changes what is given of the caller's webhook, and says which keys are new. Throws Problem
 * `not_found` or `url_taken`.
 */
export async function changeWebhook(
  context: ServerContext,
  caller: Caller,
  { id, changes }: { id: string; changes: WantedChanges },
): Promise<{ endpoint: Endpoint; keys: EndpointKeys | undefined }> {
  const before = await requireWebhook(context, id, caller);
  // The documents know webhooks alone, whatever other destinations there are.
  if (changes.url !== undefined) checkUrl(changes.url, context.egressPolicy);
  const changed = await changeEndpoint(context, before, changes).catch(inProductsWords);
  if (changed === undefined) throw webhookNotFound();
  return changed;
}

function inProductsWords(error: unknown): never {
  if (error instanceof Problem && error.code === 'url_taken') {
    throw new Problem('url_taken', 'There is another webhook at this URL.');
  }
  throw error;
}
