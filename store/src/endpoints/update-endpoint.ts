import { holdDeliveries } from '../deliveries/hold-deliveries';
import { StoreError } from '../errors';
import { assignments, rowOf } from '../sql';
import type { Store } from '../store';
import { changeEndpoint } from './change-endpoint';
import { challengeColumns, KEEP_PAUSE } from './begin-verification';
import { enableEndpoint } from './enable-endpoint';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';
import { addKeys } from './endpoint-keys';
import type { EndpointKeys } from './sealed-values';
import { urlColumns } from './find-at-url';
import { type EndpointSettings, settingColumns } from './setting-columns';
import { writeSubscriptions } from './write-subscriptions';

/** What may change; undefined leaves a field as it is. */
export interface EndpointChanges extends EndpointSettings {
  url?: string;
  /** Set together with `url` where the new one has to be verified: makes the endpoint pending. */
  challenge?: string;
  /** Keys that replace the current ones at once. */
  keys?: EndpointKeys;
  /** Whether it gets events. */
  enabled?: boolean;
}

/**
 * Changes an endpoint. Undefined where it is gone; `url_taken` where the owner
 * has another endpoint at the new URL.
 */
export async function updateEndpoint(
  store: Store,
  id: string,
  changes: EndpointChanges,
): Promise<Endpoint | 'url_taken' | undefined> {
  try {
    return await applyChanges(store, id, changes);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'url_taken') return 'url_taken';
    // Both databases name the unique index that a row would break.
    if (String(error).includes('endpoints_owner_url')) return 'url_taken';
    throw error;
  }
}

function applyChanges(
  store: Store,
  id: string,
  changes: EndpointChanges,
): Promise<Endpoint | undefined> {
  return changeEndpoint(store, id, async (transaction) => {
    const before = await rowOf<EndpointRow>(
      transaction,
      `select * from endpoints where id = ? and deleted_at is null
       ${store.dialect === 'postgres' ? 'for update' : ''}`,
      [id],
    );
    if (before === undefined) return undefined;
    const [set, bindings] = assignments({
      ...(changes.url !== undefined && (await urlColumns(transaction, before, changes.url))),
      ...settingColumns(store, id, changes),
      ...(changes.challenge !== undefined && challengeColumns(store, id, changes.challenge)),
      // To move it is to want it.
      ...(changes.challenge !== undefined && { detached_until: null }),
    });
    const keepPause = changes.challenge === undefined ? undefined : KEEP_PAUSE;
    const row = await rowOf<EndpointRow>(
      transaction,
      `update endpoints set ${set}${keepPause ? `, ${keepPause.sql}` : ''} where id = ? and deleted_at is null returning *`,
      [...bindings, ...(keepPause?.bindings ?? []), id],
    );
    if (row === undefined) return undefined;
    if (changes.events !== undefined) {
      await writeSubscriptions(transaction, id, row.system, changes.events);
    }
    if (changes.keys !== undefined) await addKeys(store, transaction, id, changes.keys, Date.now());
    if (changes.challenge !== undefined) await holdDeliveries(transaction, id);
    return toEndpoint(
      changes.enabled === undefined ? row : await enableEndpoint(transaction, row, changes.enabled),
    );
  });
}
