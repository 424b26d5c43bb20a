import { createSealer, generateMasterKey, openStore, type Store } from '@careerhooks/store';
import { readOrCreateSecret } from './secret-file';
import { dataFile, type Settings } from './settings';

/**
 * Opens the database that the settings name, with their master key or the data folder's.
 *
 * @param files whether changes of endpoints are kept beside it, in the data folder.
 */
export function openConfiguredStore(
  settings: Settings,
  files: { journal: boolean } = { journal: true },
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
