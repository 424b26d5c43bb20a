import type { Sql } from '../databases/database';
import { newId } from '../ids';
import { rowsOf } from '../sql';
import type { Store } from '../store';
import { type EndpointKeys, openKeys, sealKeys } from './sealed-values';

/**
 * The endpoint's live generations of keys, newest first: the current one, and
 * those whose overlap after a rotation has not ended.
 */
export async function liveKeys(
  store: Store,
  endpointId: string,
  on: Sql = store.read,
): Promise<EndpointKeys[]> {
  const rows = await rowsOf<{ sealed: string }>(
    on,
    `select sealed from endpoint_keys where endpoint_id = ? and (expires_at is null or expires_at > ?)
     order by id desc`,
    [endpointId, Date.now()],
  );
  return rows.map((row) => openKeys(store.sealer, endpointId, row.sealed));
}

/**
 * Adds a generation. The ones before it expire at `olderExpireAt` (Unix
 * milliseconds) unless they expire sooner anyway; expired ones are deleted.
 */
export async function addKeys(
  store: Store,
  on: Sql,
  endpointId: string,
  keys: EndpointKeys,
  olderExpireAt: number,
): Promise<void> {
  const now = Date.now();
  await on.run(
    `update endpoint_keys set expires_at = ?
     where endpoint_id = ? and (expires_at is null or expires_at > ?)`,
    [olderExpireAt, endpointId, olderExpireAt],
  );
  await on.run('delete from endpoint_keys where endpoint_id = ? and expires_at <= ?', [
    endpointId,
    now,
  ]);
  await on.run(
    'insert into endpoint_keys (id, endpoint_id, sealed, created_at) values (?, ?, ?, ?)',
    [newId(), endpointId, sealKeys(store.sealer, endpointId, keys), now],
  );
}
