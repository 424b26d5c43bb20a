import type { Sql } from '../databases/database';
import { StoreError } from '../errors';
import { newPrefixedId } from '../ids';
import { stateToJournal } from '../journal/read-states';
import { insertion, inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { challengeColumns } from './begin-verification';
import { enableEndpoint } from './enable-endpoint';
import { type Endpoint, type EndpointRow, toEndpoint } from './endpoint';
import { addKeys, liveKeys } from './endpoint-keys';
import { findAtUrl } from './find-at-url';
import { findByIdentity } from './find-by-identity';
import { findSingletonRow } from './find-singleton';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { registerAgain } from './register-again';
import { type EndpointRegistration, registrationColumns } from './registration';
import type { EndpointKeys } from './sealed-values';
import { type EndpointSettings, settingColumns } from './setting-columns';
import { takeOverHeld } from './take-over-held';
import { urlKey } from './url-key';
import { writeSubscriptions } from './write-subscriptions';

export interface SavedEndpoint {
  endpoint: Endpoint;
  keys: EndpointKeys;
  created: boolean;
}

/**
 * Registers an endpoint, or updates the one that the same owner has under the same identity, or at
 * the same URL, however it is spelled (`urlKey`): registering twice never makes two. An endpoint that
 * was disabled or detached becomes active (or pending, with a challenge that it has to answer) again,
 * unless `enabled` says no; one that is pending becomes active where no challenge is asked for any
 * more.
 * Throws StoreError `url_taken` where one that is found by its identity, or a singleton, would move to
 * the URL of another endpoint.
 */
export async function saveEndpoint(
  store: Store,
  wanted: EndpointRegistration,
): Promise<SavedEndpoint> {
  try {
    const { saved, states } = await inTransaction(store, async (transaction) => {
      const made = await save(store, transaction, wanted);
      return {
        saved: made,
        states: await stateToJournal(store, transaction, made.endpoint.id),
      };
    });
    await store.journal?.append(states);
    return saved;
  } catch (error) {
    // Both databases name the unique index that a row would break.
    if (!/endpoints_(owner_url|identity)/.test(String(error))) throw error;
    throw new StoreError('url_taken', 'The owner has another endpoint at this URL.');
  }
}

async function save(store: Store, on: Sql, wanted: EndpointRegistration): Promise<SavedEndpoint> {
  const { saved, created } = await insertOrUpdate(store, on, wanted);
  const row =
    wanted.enabled === undefined ? saved : await enableEndpoint(on, saved, wanted.enabled);
  await writeSubscriptions(on, row.id, row.system, wanted.events);

  const [current] = await liveKeys(store, row.id, on);
  const keys = wanted.chooseKeys(current);
  if (keys !== current) await addKeys(store, on, row.id, keys, Date.now());
  return { endpoint: toEndpoint(row), keys, created };
}

async function insertOrUpdate(
  store: Store,
  on: Sql,
  wanted: EndpointRegistration,
): Promise<{ saved: EndpointRow; created: boolean }> {
  const existing = await findExisting(store, on, wanted);
  if (existing !== undefined) {
    return { saved: await registerAgain(store, on, existing, wanted), created: false };
  }
  const inserted = await insertEndpoint(store, on, wanted);
  if (inserted !== undefined) {
    if (inserted.identity !== null) await takeOver(on, inserted, wanted);
    return { saved: inserted, created: true };
  }
  // Somebody else has registered it meanwhile.
  const other = await findExisting(store, on, wanted);
  if (other === undefined)
    throw new Error('The endpoint was deleted while it was being registered.');
  return { saved: await registerAgain(store, on, other, wanted), created: false };
}

/** What it takes over was held, and goes out as its backlog. */
async function takeOver(on: Sql, row: EndpointRow, wanted: EndpointRegistration): Promise<void> {
  const taken = await takeOverHeld(on, row, wanted.visibleUser);
  if (taken > 0 && row.status === 'active') await releaseDeliveries(on, row.id);
}

async function insertEndpoint(
  store: Store,
  on: Sql,
  wanted: EndpointRegistration,
): Promise<EndpointRow | undefined> {
  const id = newPrefixedId('ep');
  const [columns, bindings] = insertion({
    id,
    system: wanted.system,
    user_id: wanted.user,
    url: wanted.url,
    url_key: urlKey(wanted.url),
    status: 'active',
    singleton: Number(wanted.singleton === true),
    created_at: Date.now(),
    ...settingColumns(store, id, { schedule: 'system', ordered: false, ...given(wanted) }),
    ...registrationColumns(wanted),
    ...(wanted.challenge !== undefined && challengeColumns(store, id, wanted.challenge)),
  });
  return rowOf<EndpointRow>(
    on,
    `insert into endpoints ${columns} on conflict do nothing returning *`,
    bindings,
  );
}

/** The owner's one configuration, or what has the identity; else what is at the URL. */
async function findExisting(
  store: Store,
  on: Sql,
  wanted: EndpointRegistration,
): Promise<EndpointRow | undefined> {
  const singleton = wanted.singleton === true ? await findSingletonRow(on, wanted) : undefined;
  const { identity } = wanted;
  const named =
    identity === undefined ? undefined : await findByIdentity(on, { ...wanted, identity });
  const found = singleton ?? named ?? (await findAtUrl(on, wanted));
  if (found === undefined || store.dialect === 'sqlite') return found;
  return rowOf<EndpointRow>(
    on,
    'select * from endpoints where id = ? and deleted_at is null for update',
    [found.id],
  );
}

/** The settings that are set, so that they can be laid over defaults. */
function given(settings: EndpointSettings): EndpointSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
