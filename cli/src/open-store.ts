import { existsSync } from 'node:fs';
import { createSealer, generateMasterKey, openStore, type Store } from '@careerhooks/store';
import { readOrCreateSecret } from './secret-file';
import { dataFile, type Settings } from './settings';

/**
 * Opens the database that the settings name, with their master key or the data folder's.
 *
 * @param files whether changes of endpoints and keys are kept beside it, in the data folder; unless it
 *   is said, where the process that runs there keeps them, or would.
 */
export function openConfiguredStore(
  settings: Settings,
  files: { journal: boolean } = { journal: hasJournal(settings) },
): Promise<Store> {
  const keys =
    settings.masterKeys.length > 0
      ? settings.masterKeys
      : [readOrCreateSecret(dataFile(settings, 'master-key'), generateMasterKey)];
  return openStore({
    ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
    ...(settings.databaseDirectUrl !== undefined && { directUrl: settings.databaseDirectUrl }),
    file: dataFile(settings, 'careerhooks.db'),
    sealer: createSealer(keys),
    ...(files.journal && { journal: dataFile(settings, 'endpoints.journal') }),
  });
}

/** A server or worker without a data folder of its own has none, and the default one may not exist. */
function hasJournal(settings: Settings): boolean {
  return (
    settings.databaseUrl === undefined ||
    settings.ownDataDir ||
    existsSync(dataFile(settings, 'endpoints.journal'))
  );
}
