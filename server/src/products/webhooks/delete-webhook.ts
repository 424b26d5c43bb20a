import { deleteEndpoint } from '@careerhooks/store';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { requireWebhook } from './require-webhook';

/** Deletes the caller's webhook; throws Problem `not_found`. */
export async function deleteWebhook(
  context: ServerContext,
  caller: Caller,
  id: string,
): Promise<void> {
  await requireWebhook(context, id, caller);
  await deleteEndpoint(context.store, id);
}
