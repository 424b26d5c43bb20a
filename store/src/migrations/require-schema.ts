import { MIGRATIONS } from '.';
import { StoreError } from '../errors';
import { rowsOf } from '../sql';
import type { Store } from '../store';

/**
 * Throws StoreError `database_missing` where the database has none of our tables, and `database_outdated`
 * where it lacks a step of the schema that this version works with. Nothing is changed. Steps of a newer
 * version are no matter, since they only add.
 *
 * @param place the database, for the message.
 */
export async function requireSchema(
  store: Pick<Store, 'dialect' | 'read'>,
  place: string,
): Promise<void> {
  const applied = await appliedSteps(store);
  const missing = MIGRATIONS.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  if (missing.length === MIGRATIONS.length) {
    throw new StoreError('database_missing', `${place} has no tables of CareerHooks.`);
  }
  if (missing.length === 0) return;
  throw new StoreError(
    'database_outdated',
    `${place} is of an older version of CareerHooks, and lacks ${missing.join(', ')}.`,
  );
}

async function appliedSteps({ dialect, read }: Pick<Store, 'dialect' | 'read'>) {
  const [table] = await rowsOf<{ name: string | null }>(
    read,
    dialect === 'postgres'
      ? "select to_regclass('migrations')::text as name"
      : "select name from sqlite_schema where type = 'table' and name = 'migrations'",
  );
  if (table?.name == null) return new Set<string>();
  const rows = await rowsOf<{ name: string }>(read, 'select name from migrations');
  return new Set(rows.map(({ name }) => name));
}
