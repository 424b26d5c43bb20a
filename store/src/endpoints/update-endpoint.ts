import { holdDeliveries } from '../deliveries/hold-deliveries';
import { assignments, inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { challengeColumns } from './begin-verification';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';
import { addKeys, type EndpointKeys } from './endpoint-keys';
import { type EndpointSettings, settingColumns } from './save-endpoint';
import { writeSubscriptions } from './write-subscriptions';

/** What may change; undefined leaves a field as it is. */
export interface EndpointChanges extends EndpointSettings {
  url?: string;
  /** Set together with `url` where the new one has to be verified: makes the endpoint pending. */
  challenge?: string;
  /** Keys that replace the current ones at once. */
  keys?: EndpointKeys;
}

/**
 * Changes an endpoint. Undefined where it is gone; `url_taken` where the owner
 * has another endpoint at the new URL.
 */
export function updateEndpoint(
  store: Store,
  id: string,
  changes: EndpointChanges,
): Promise<Endpoint | 'url_taken' | undefined> {
  return inTransaction(store, async (transaction) => {
    if (changes.url !== undefined) {
      const other = await rowOf(
        transaction,
        `select 1 as taken from endpoints as own join endpoints as other
           on other.system = own.system and coalesce(other.user_id, '') = coalesce(own.user_id, '')
         where own.id = ? and other.id <> own.id and other.url = ? and other.deleted_at is null`,
        [id, changes.url],
      );
      if (other !== undefined) return 'url_taken';
    }
    const [set, bindings] = assignments({
      url: changes.url,
      ...settingColumns(store, id, changes),
      ...(changes.challenge !== undefined && challengeColumns(store, id, changes.challenge)),
    });
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set ${set} where id = ? and deleted_at is null returning *`,
      [...bindings, id],
    );
    if (row === undefined) return undefined;
    if (changes.events !== undefined) {
      await writeSubscriptions(transaction, id, row.system, changes.events);
    }
    if (changes.keys !== undefined) await addKeys(store, transaction, id, changes.keys, Date.now());
    if (changes.challenge !== undefined) await holdDeliveries(transaction, id);
    return toEndpoint(row);
  });
}
