import { readFile } from 'node:fs/promises';
import type { Sql } from '../databases/database';
import { readEntries } from './entry';
import { databaseName } from './read-states';
import { chunksOf, newerThanDatabase } from './recover-from-journal';

/** Ids of the endpoints that a start with this database will bring back from the journal, or try to. */
export async function previewRecovery(on: Sql, journal: string): Promise<string[]> {
  const database = await databaseName(on);
  const { entries } = readEntries(await readIfThere(journal));
  const own = entries.filter((entry) => entry.database === database);
  const ids: string[] = [];
  for (const some of chunksOf(own)) {
    const newer = await newerThanDatabase(on, some);
    ids.push(...newer.map(({ endpoint }) => endpoint.id));
  }
  return ids;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
