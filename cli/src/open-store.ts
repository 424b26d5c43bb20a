import { createSealer, generateMasterKey, openStore, type Store } from '@careerhooks/store';
import { readOrCreateSecret } from './secret-file';
import { dataFile, type Settings } from './settings';

/** Opens the database that the settings name, with their master key or the data folder's. */
export function openConfiguredStore(settings: Settings): Promise<Store> {
  const keys =
    settings.masterKeys.length > 0
      ? settings.masterKeys
      : [readOrCreateSecret(dataFile(settings, 'master-key'), generateMasterKey)];
  return openStore({
    ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
    file: dataFile(settings, 'careerhooks.db'),
    sealer: createSealer(keys),
    journal: dataFile(settings, 'endpoints.journal'),
  });
}
