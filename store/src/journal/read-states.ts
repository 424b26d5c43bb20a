import type { Sql } from '../databases/database';
import { rowOf, rowsOf } from '../sql';
import type {
  ApiKeyState,
  EndpointState,
  JournaledApiKey,
  JournaledEndpoint,
  JournaledKeys,
} from './entry';
import type { Journal } from './journal';

/**
 * What tells one database from another, and a restored one from a new one: when it was made. It has
 * been there since the first version, so that every backup has it.
 */
export async function databaseName(on: Sql): Promise<string> {
  const row = await rowOf<{ applied_at: number }>(
    on,
    'select min(applied_at) as applied_at from migrations',
  );
  return String(row?.applied_at);
}

/** The state of these endpoints, or of all; deleted ones too, until they are purged. */
export async function readEndpoints(on: Sql, ids?: readonly string[]): Promise<EndpointState[]> {
  const list = ids?.map(() => '?').join(', ');
  const endpoints = await rowsOf<JournaledEndpoint>(
    on,
    `select * from endpoints ${list === undefined ? '' : `where id in (${list})`} order by updated_at`,
    ids,
  );
  const keys = await rowsOf<JournaledKeys & { endpoint_id: string }>(
    on,
    `select id, endpoint_id, sealed, created_at, expires_at from endpoint_keys
     ${list === undefined ? '' : `where endpoint_id in (${list})`} order by id`,
    ids,
  );
  const byEndpoint = new Map<string, JournaledKeys[]>();
  for (const { endpoint_id, ...generation } of keys) {
    byEndpoint.set(endpoint_id, [...(byEndpoint.get(endpoint_id) ?? []), generation]);
  }
  return endpoints.map((endpoint) => ({ endpoint, keys: byEndpoint.get(endpoint.id) ?? [] }));
}

/** All keys for the API, revoked ones too. */
export async function readApiKeys(on: Sql): Promise<ApiKeyState[]> {
  const rows = await rowsOf<JournaledApiKey>(on, 'select * from api_keys order by id');
  return rows.map((apiKey) => ({ apiKey }));
}

/**
 * The state of an endpoint, as the transaction that changes it sees it: read again after the commit,
 * it could come from another copy of the database, which has taken over meanwhile and lacks the change.
 */
export async function stateToJournal(
  store: { journal?: Journal },
  on: Sql,
  id: string,
): Promise<EndpointState[]> {
  return store.journal === undefined ? [] : readEndpoints(on, [id]);
}
