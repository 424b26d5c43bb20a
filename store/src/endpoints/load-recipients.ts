import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';
import { type EndpointKeys, openKeys } from './sealed-values';

/** An endpoint with what its requests are signed with. */
export interface Recipient {
  endpoint: Endpoint;
  /** Newest first; empty where the endpoint was deleted. */
  keys: EndpointKeys[];
}

/** Loads endpoints and their live keys, by id. */
export async function loadRecipients(
  store: Store,
  ids: readonly string[],
  on: Sql = store.read,
): Promise<Map<string, Recipient>> {
  const recipients = new Map<string, Recipient>();
  if (ids.length === 0) return recipients;
  const wanted = jsonRows(store.dialect, 'r', { id: 'text' });
  const rows = await rowsOf<EndpointRow & { sealed_keys: string | null }>(
    on,
    `select ep.*, k.sealed as sealed_keys from ${wanted}
     join endpoints ep on ep.id = r.id
     left join endpoint_keys k on k.endpoint_id = ep.id
       and (k.expires_at is null or k.expires_at > ?)
     order by k.id desc`,
    [jsonParameter(ids.map((id) => ({ id }))), Date.now()],
  );
  for (const row of rows) {
    const recipient = recipients.get(row.id) ?? { endpoint: toEndpoint(row), keys: [] };
    recipients.set(row.id, recipient);
    if (row.sealed_keys !== null)
      recipient.keys.push(openKeys(store.sealer, row.id, row.sealed_keys));
  }
  return recipients;
}
