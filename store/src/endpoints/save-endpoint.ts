import type { Sql } from '../databases/database';
import { StoreError } from '../errors';
import { newPrefixedId } from '../ids';
import { stateToJournal } from '../journal/journal';
import { assignments, type Columns, insertion, inTransaction, rowOf } from '../sql';
import type { Store } from '../store';
import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { challengeColumns, NO_ANSWER, PAUSED_BEFORE } from './begin-verification';
import {
  type Endpoint,
  type EndpointRow,
  type ScheduleChoice,
  sealContext,
  toEndpoint,
} from './endpoint';
import { addKeys, type EndpointKeys, liveKeys } from './endpoint-keys';
import { findAtUrl, urlColumns } from './find-at-url';
import { findSingletonRow } from './find-singleton';
import { urlKey } from './url-key';
import { writeSubscriptions } from './write-subscriptions';

/** What its owner may say of an endpoint; undefined leaves what is there, or takes the default. */
export interface EndpointSettings {
  events?: string[];
  description?: string | null;
  schedule?: ScheduleChoice;
  timeoutMs?: number | null;
  maxRetries?: number | null;
  ordered?: boolean;
  /** Deliveries a second at most; null for as many as come. */
  ratePerSecond?: number | null;
  headers?: Record<string, string>;
}

/** An endpoint as its owner registers it. */
export interface EndpointRegistration extends EndpointSettings {
  system: string;
  user: string | null;
  url: string;
  events: string[];
  /** Text that the URL has to echo before it gets anything; undefined for no challenge. */
  challenge?: string;
  /** False: it is registered, and gets nothing until it is enabled. */
  enabled?: boolean;
  /** It is the owner's one configuration: registering another URL moves it there. */
  singleton?: boolean;
  /**
   * Chooses the keys: given those in use (undefined for a new endpoint), returns
   * the same object to keep them, or others that replace them at once.
   */
  chooseKeys(current: EndpointKeys | undefined): EndpointKeys;
}

export interface SavedEndpoint {
  endpoint: Endpoint;
  keys: EndpointKeys;
  created: boolean;
}

/**
 * Registers an endpoint, or updates the one that the same owner has at the same
 * URL, however it is spelled (`urlKey`): registering twice never makes two. An
 * endpoint that was disabled becomes active (or pending, with a challenge) again,
 * unless `enabled` says no; one that is pending becomes active where no challenge
 * is asked for any more.
 * Throws StoreError `url_taken` where a singleton would move to the URL of another endpoint.
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
    if (!String(error).includes('endpoints_owner_url')) throw error;
    throw new StoreError('url_taken', 'The owner has another endpoint at this URL.');
  }
}

async function save(store: Store, on: Sql, wanted: EndpointRegistration): Promise<SavedEndpoint> {
  const { saved, created } = await insertOrUpdate(store, on, wanted);
  const row = wanted.enabled === undefined ? saved : await enable(on, saved, wanted.enabled);
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
    return { saved: await updateExisting(store, on, existing, wanted), created: false };
  }
  const inserted = await insertEndpoint(store, on, wanted);
  if (inserted !== undefined) return { saved: inserted, created: true };
  // Somebody else has registered it meanwhile.
  const other = await findExisting(store, on, wanted);
  if (other === undefined)
    throw new Error('The endpoint was deleted while it was being registered.');
  return { saved: await updateExisting(store, on, other, wanted), created: false };
}

/** The columns that `settings` change. */
export function settingColumns(
  store: Store,
  endpointId: string,
  settings: EndpointSettings,
): Columns {
  return {
    events: settings.events && JSON.stringify(settings.events),
    description: settings.description,
    schedule: settings.schedule,
    timeout_ms: settings.timeoutMs,
    max_retries: settings.maxRetries,
    rate_per_second: settings.ratePerSecond,
    ordered: settings.ordered === undefined ? undefined : Number(settings.ordered),
    headers_sealed: settings.headers && sealHeaders(store, endpointId, settings.headers),
    updated_at: Date.now(),
  };
}

/** Null for none: nothing is kept of what there was. */
function sealHeaders(
  store: Store,
  endpointId: string,
  headers: Record<string, string>,
): string | null {
  if (Object.keys(headers).length === 0) return null;
  return store.sealer.seal(JSON.stringify(headers), sealContext(endpointId, 'headers'));
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
    ...(wanted.challenge !== undefined && challengeColumns(store, id, wanted.challenge)),
  });
  return rowOf<EndpointRow>(
    on,
    `insert into endpoints ${columns} on conflict do nothing returning *`,
    bindings,
  );
}

/** The owner's one configuration, where there is one; else what is at the URL. */
async function findExisting(
  store: Store,
  on: Sql,
  wanted: EndpointRegistration,
): Promise<EndpointRow | undefined> {
  const singleton = wanted.singleton === true ? await findSingletonRow(on, wanted) : undefined;
  const found = singleton ?? (await findAtUrl(on, wanted));
  if (found === undefined || store.dialect === 'sqlite') return found;
  return rowOf<EndpointRow>(
    on,
    'select * from endpoints where id = ? and deleted_at is null for update',
    [found.id],
  );
}

async function updateExisting(
  store: Store,
  on: Sql,
  existing: EndpointRow,
  wanted: EndpointRegistration,
): Promise<EndpointRow> {
  const [set, bindings] = assignments({
    ...settingColumns(store, existing.id, wanted),
    ...(await urlColumns(on, existing, wanted.url)),
    ...(wanted.singleton === true && { singleton: 1 }),
    ...(existing.status === 'pending' && verificationColumns(store, existing, wanted.challenge)),
    ...(existing.status === 'disabled' && {
      status: 'active',
      status_reason: null,
      ...(wanted.challenge !== undefined && challengeColumns(store, existing.id, wanted.challenge)),
    }),
  });
  const row = await rowOf<EndpointRow>(on, `update endpoints set ${set} where id = ? returning *`, [
    ...bindings,
    existing.id,
  ]);
  if (existing.status === 'pending' && row?.status === 'active') {
    await releaseDeliveries(on, existing.id);
  }
  return row ?? existing;
}

/**
 * What registering again changes of a pending endpoint: without a challenge, its owner vouches for
 * the URL; with one, the challenge that it was sent stays valid, and a new one replaces an expired one.
 */
function verificationColumns(
  store: Store,
  pending: EndpointRow,
  challenge: string | undefined,
): Columns {
  if (challenge !== undefined) {
    const expired = (pending.verification_deadline ?? 0) <= Date.now();
    return expired ? challengeColumns(store, pending.id, challenge) : {};
  }
  return {
    status: pending.status_reason === PAUSED_BEFORE ? 'paused' : 'active',
    status_reason: null,
    challenge_sealed: null,
    ...NO_ANSWER,
    verification_deadline: null,
    verification_lease_until: null,
  };
}

/** Makes an endpoint get events again, or nothing any more; one that is pending stays so. */
export async function enable(on: Sql, row: EndpointRow, enabled: boolean): Promise<EndpointRow> {
  if (enabled && row.status_reason === PAUSED_BEFORE) {
    await on.run('update endpoints set status_reason = null where id = ?', [row.id]);
    return { ...row, status_reason: null };
  }
  if (enabled ? !['disabled', 'paused'].includes(row.status) : row.status === 'disabled') {
    return row;
  }
  const changed = await rowOf<EndpointRow>(
    on,
    `update endpoints set status = ?, status_reason = ?, verification_lease_until = null
     where id = ? returning *`,
    [enabled ? 'active' : 'disabled', enabled ? null : 'Switched off by its owner.', row.id],
  );
  if (enabled) await releaseDeliveries(on, row.id);
  else await cancelDeliveries(on, row.id, 'endpoint_disabled');
  return changed ?? row;
}

/** The settings that are set, so that they can be laid over defaults. */
function given(settings: EndpointSettings): EndpointSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
