import { statSync } from 'node:fs';
import {
  createSealer,
  generateMasterKey,
  openStore,
  type Sealer,
  type Store,
  type StoreSettings,
} from '@careerhooks/store';
import { hasJournal } from './data-folder';
import { existingSealer } from './existing-store';
import { readOrCreateSecret } from './secret-file';
import { dataFile, type Settings } from './settings';

/**
 * Opens the database that the settings name, with their master key or the data folder's.
 *
 * @param files whether changes of endpoints and keys are kept beside it, in the data folder; unless it
 *   is said, where the process that runs there keeps them, or would.
 * @param run who is alone with an SQLite file, and is told of its troubles.
 */
export function openConfiguredStore(
  settings: Settings,
  files: { journal: boolean } = { journal: hasJournal(settings) },
  run: Pick<StoreSettings, 'sole' | 'onTrouble'> = {},
): Promise<Store> {
  return openStore({
    ...run,
    ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
    ...(settings.databaseDirectUrl !== undefined && { directUrl: settings.databaseDirectUrl }),
    file: dataFile(settings, 'careerhooks.db'),
    sealer: openSealer(settings),
    ...(files.journal && { journal: dataFile(settings, 'endpoints.journal') }),
  });
}

/**
 * Seals and opens under the settings' master keys, or the data folder's, which it makes where there is none. Not
 * beside a database that is there: its secrets were sealed with another one.
 */
function openSealer(settings: Settings): Sealer {
  if (settings.databaseUrl === undefined && hasDatabase(settings)) return existingSealer(settings);
  return createSealer(
    settings.masterKeys.length > 0
      ? settings.masterKeys
      : [readOrCreateSecret(dataFile(settings, 'master-key'), generateMasterKey)],
  );
}

/** An empty one is what a start leaves that was ended at its beginning. */
function hasDatabase(settings: Settings): boolean {
  const database = statSync(dataFile(settings, 'careerhooks.db'), { throwIfNoEntry: false });
  return (database?.size ?? 0) > 0;
}
