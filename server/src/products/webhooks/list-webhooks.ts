import { type Endpoint, listEndpoints } from '@careerhooks/store';
import { type Caller, scopeOf } from '../../access/caller';
import type { ServerContext } from '../../context';

const PAGE = 200;

/** All of the caller's webhooks, newest first: the documents' lists have no pages. */
export async function listWebhooks(context: ServerContext, caller: Caller): Promise<Endpoint[]> {
  const webhooks: Endpoint[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const listed = await listEndpoints(context.store, scopeOf(caller), {}, page);
    webhooks.push(...listed.data);
    cursor = listed.nextCursor;
  }
  return webhooks;
}
