import type { Sql } from '../databases/database';
import { insertion, rowsOf } from '../sql';
import type { JournaledApiKey } from './entry';

/** Which of the journal's keys a database lacks, and which of them it has although they were revoked. */
export async function compareApiKeys(
  on: Sql,
  apiKeys: readonly JournaledApiKey[],
): Promise<{ missing: JournaledApiKey[]; unrevoked: JournaledApiKey[] }> {
  const list = apiKeys.map(() => '?').join(', ');
  const rows = await rowsOf<Pick<JournaledApiKey, 'id' | 'revoked_at'>>(
    on,
    `select id, revoked_at from api_keys where id in (${list})`,
    apiKeys.map(({ id }) => id),
  );
  const known = new Map(rows.map(({ id, revoked_at }) => [id, revoked_at]));
  return {
    missing: apiKeys.filter(({ id }) => !known.has(id)),
    unrevoked: apiKeys.filter(
      ({ id, revoked_at }) => revoked_at !== null && known.get(id) === null,
    ),
  };
}

/**
 * Makes keys for the API what the journal says of them: one that the database lacks is put back,
 * revoked where it was; one that was revoked is revoked again. Nothing purges keys, and a revocation
 * is never taken back: neither here nor there.
 */
export async function putBackApiKeys(
  on: Sql,
  apiKeys: readonly JournaledApiKey[],
): Promise<{ keys: string[]; revoked: string[] }> {
  const { missing, unrevoked } = await compareApiKeys(on, apiKeys);
  for (const apiKey of missing) {
    const [columns, bindings] = insertion({ ...apiKey });
    await on.run(`insert into api_keys ${columns}`, bindings);
  }
  for (const { id, revoked_at } of unrevoked) {
    await on.run('update api_keys set revoked_at = ? where id = ? and revoked_at is null', [
      revoked_at,
      id,
    ]);
  }
  return { keys: missing.map(({ id }) => id), revoked: unrevoked.map(({ id }) => id) };
}
