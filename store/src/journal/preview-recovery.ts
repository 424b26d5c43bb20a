import { readFile } from 'node:fs/promises';
import { chunksOf } from '../chunks-of';
import type { Sql } from '../databases/database';
import { readEntries } from './entry';
import { compareApiKeys } from './put-back-api-keys';
import { databaseName } from './read-states';
import { AT_ONCE, newerThanDatabase } from './recover-from-journal';

/** What a start with this database will bring back from the journal, or try to: ids. */
export interface Preview {
  endpoints: string[];
  /** Keys for the API that the database lacks. */
  keys: string[];
  /** Those that it has, and not as revoked. */
  revoked: string[];
}

export async function previewRecovery(on: Sql, journal: string): Promise<Preview> {
  const database = await databaseName(on);
  const { entries, apiKeys } = readEntries(await readIfThere(journal));
  const isOwn = (entry: { database: string }): boolean => entry.database === database;
  const preview: Preview = { endpoints: [], keys: [], revoked: [] };
  for (const some of chunksOf(entries.filter(isOwn), AT_ONCE)) {
    const newer = await newerThanDatabase(on, some);
    preview.endpoints.push(...newer.map(({ endpoint }) => endpoint.id));
  }
  for (const some of chunksOf(apiKeys.filter(isOwn), AT_ONCE)) {
    const { missing, unrevoked } = await compareApiKeys(
      on,
      some.map(({ apiKey }) => apiKey),
    );
    preview.keys.push(...missing.map(({ id }) => id));
    preview.revoked.push(...unrevoked.map(({ id }) => id));
  }
  return preview;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
