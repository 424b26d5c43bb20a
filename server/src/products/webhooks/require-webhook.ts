import { type Endpoint, getEndpoint } from '@careerhooks/store';
import { type Caller, scopeOf } from '../../access/caller';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';

/** The webhook, if it is the caller's; throws Problem `not_found`. */
export async function requireWebhook(
  context: ServerContext,
  id: string,
  caller: Caller,
): Promise<Endpoint> {
  const { store } = context;
  const found = /^\w{1,64}$/.test(id) ? await getEndpoint(store, id, scopeOf(caller)) : undefined;
  if (found === undefined) throw webhookNotFound();
  return found;
}

/** What answers for a webhook that is gone, or was never the caller's. */
export function webhookNotFound(): Problem {
  return new Problem('not_found', 'Webhook not found');
}
