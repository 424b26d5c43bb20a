import { rename } from 'node:fs/promises';

/** Files that SQLite keeps beside a store. */
export const COMPANIONS = ['-wal', '-shm'] as const;

/** In SQLite's words: the file is no database, or no longer a sound one. */
export function isDamagedStore(message: string): boolean {
  return /file is not a database|database disk image is malformed/.test(message);
}

/**
 * Moves a damaged store out of the way, to be looked at, so that the server can begin a new one.
 *
 * @returns where it went
 */
export async function setStoreAside(store: string): Promise<string> {
  const aside = `${store}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
  await rename(store, aside);
  for (const companion of COMPANIONS) {
    await rename(store + companion, aside + companion).catch(() => undefined);
  }
  return aside;
}
