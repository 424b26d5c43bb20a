import type { Sql } from '../databases/database';
import { holdDeliveries } from '../deliveries/hold-deliveries';
import { releaseDeliveries } from '../deliveries/release-deliveries';
import { assignments, type Columns, rowOf } from '../sql';
import type { Store } from '../store';
import { challengeColumns, NO_ANSWER, PAUSED_BEFORE } from './begin-verification';
import type { EndpointRow } from './endpoint';
import { urlColumns } from './find-at-url';
import { type EndpointRegistration, registrationColumns } from './registration';
import { settingColumns } from './setting-columns';
import { urlKey } from './url-key';

/**
 * Makes an endpoint what its owner registers now. What it held goes out where it takes deliveries
 * again; what is on its way is held where its new URL has to answer first.
 */
export async function registerAgain(
  store: Store,
  on: Sql,
  existing: EndpointRow,
  wanted: EndpointRegistration,
): Promise<EndpointRow> {
  const moved = await urlColumns(on, existing, wanted.url);
  const [set, bindings] = assignments({
    ...settingColumns(store, existing.id, wanted),
    ...dropMeaningless(existing, wanted),
    ...registrationColumns(wanted),
    ...moved,
    ...(wanted.singleton === true && { singleton: 1 }),
    ...statusColumns(store, existing, wanted),
  });
  const row = await rowOf<EndpointRow>(on, `update endpoints set ${set} where id = ? returning *`, [
    ...bindings,
    existing.id,
  ]);
  if (row === undefined) return existing;
  await settle(on, existing, row);
  return row;
}

/** Settings of another destination, which its URL was of before. */
function dropMeaningless(existing: EndpointRow, wanted: EndpointRegistration): Columns {
  const replaced = wanted.destinationSettings !== undefined;
  return !replaced && wanted.dropsSettingsOf?.(existing.url) === true
    ? { headers_sealed: null }
    : {};
}

async function settle(on: Sql, before: EndpointRow, row: EndpointRow): Promise<void> {
  const held = before.status === 'pending' || before.status === 'detached';
  if (row.status === 'active' && held) await releaseDeliveries(on, row.id);
  if (row.status === 'pending' && !held) await holdDeliveries(on, row.id);
}

/** What becomes of its status, with the challenge that this takes. */
function statusColumns(
  store: Store,
  existing: EndpointRow,
  { challenge, url, singleton }: EndpointRegistration,
): Columns {
  const { id, status } = existing;
  const hasMoved = singleton !== true && urlKey(url) !== urlKey(existing.url);
  if (status === 'disabled') {
    return {
      status: 'active',
      status_reason: null,
      ...(challenge !== undefined && challengeColumns(store, id, challenge)),
    };
  }
  if (challenge !== undefined && (hasMoved || isUnproven(existing))) {
    const reason = isPaused(existing) ? PAUSED_BEFORE : null;
    return { ...challengeColumns(store, id, challenge), status_reason: reason };
  }
  if (status === 'detached') return ready(existing);
  return status === 'pending' && challenge === undefined ? ready(existing) : {};
}

/**
 * Whether nobody has answered its challenge, and nobody will: one that is pending goes on with the
 * challenge that its URL was sent, until that expires.
 */
function isUnproven(row: EndpointRow): boolean {
  if (row.status === 'pending') return (row.verification_deadline ?? 0) <= Date.now();
  return row.status === 'detached' && row.challenge_sealed !== null && row.verified_at === null;
}

function isPaused(row: EndpointRow): boolean {
  return row.status === 'paused' || row.status_reason === PAUSED_BEFORE;
}

/** It takes deliveries, or is paused as it was: its URL is proven, or its owner vouches for it. */
function ready(existing: EndpointRow): Columns {
  return {
    status: isPaused(existing) ? 'paused' : 'active',
    status_reason: null,
    verification_lease_until: null,
    ...(existing.verified_at === null && {
      challenge_sealed: null,
      ...NO_ANSWER,
      verification_deadline: null,
    }),
  };
}
