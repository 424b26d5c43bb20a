import type { Value } from '../databases/database';
import type { Connection } from './connection';
import { numbered } from './numbered';

/** Runs one statement with `?` bindings; gives its rows. */
export async function query(
  { client }: Connection,
  sql: string,
  bindings: readonly Value[],
): Promise<unknown[]> {
  const { rows } = await client.query<Record<string, unknown>>(numbered(sql), [...bindings]);
  return rows;
}
