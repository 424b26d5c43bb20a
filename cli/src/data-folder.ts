import { existsSync } from 'node:fs';
import { becomeOwnerOf } from '@careerhooks/store';
import { requireAccess } from './folder-access';
import { dataFile, type Settings, SettingError } from './settings';

/** A server or worker without a data folder of its own has no journal, and the default one may not exist. */
export function hasJournal(settings: Settings): boolean {
  return (
    settings.databaseUrl === undefined ||
    settings.ownDataDir ||
    existsSync(dataFile(settings, 'endpoints.journal'))
  );
}

/**
 * Before anything is opened in the data folder, where there is one: root acts as the folder's owner from
 * here on, since what root makes there the owner could not write. Throws SettingError, which says what to do,
 * where this user cannot write what is there; then nothing was changed.
 */
export function enterDataFolder(settings: Pick<Settings, 'dataDir'>): void {
  const { dataDir } = settings;
  if (!existsSync(dataDir)) return;
  try {
    becomeOwnerOf(dataDir);
  } catch (error) {
    throw new SettingError(
      `The data folder ${dataDir} is another user's, as whom root may not act here ` +
        `(${error instanceof Error ? error.message : String(error)}). Nothing was changed. Run this as its owner.`,
    );
  }
  requireAccess(dataDir);
}
