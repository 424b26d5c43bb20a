import { existsSync } from 'node:fs';
import { createSealer, openStore, type Sealer, type Store, StoreError } from '@careerhooks/store';
import { enterDataFolder, hasJournal } from './data-folder';
import { findInstance } from './find-instance';
import { readSecret } from './secret-file';
import { dataFile, SettingError, type Settings, SetupError } from './settings';

/** What a command says where there is nothing that it could work on. */
const ADVICE =
  'Commands make none: name that of the CareerHooks that runs, with CAREERHOOKS_DATA_DIR, or with DATABASE_URL ' +
  'for PostgreSQL.';

/**
 * Opens the database of a CareerHooks that runs, or has run, for a command. Nothing is made, and no schema
 * brought up to date; root acts as the owner of the data folder from here on. Throws SettingError, which says
 * where it looked and what to do, where there is none.
 */
export async function openExistingStore(settings: Settings): Promise<Store> {
  const { databaseUrl, databaseDirectUrl } = settings;
  const journal = hasJournal(settings);
  if (databaseUrl === undefined || journal) requireDataFolder(settings);
  enterDataFolder(settings);
  if (databaseUrl === undefined) requireDatabase(settings);
  try {
    return await openStore({
      existing: true,
      ...(databaseUrl !== undefined && { databaseUrl }),
      ...(databaseDirectUrl !== undefined && { directUrl: databaseDirectUrl }),
      file: dataFile(settings, 'careerhooks.db'),
      sealer: existingSealer(settings),
      ...(journal && { journal: dataFile(settings, 'endpoints.journal') }),
    });
  } catch (error) {
    throw explained(settings, error);
  }
}

/** Throws SettingError where there is no data folder. */
export function requireDataFolder(settings: Settings): void {
  if (existsSync(settings.dataDir)) return;
  throw nothingThere(settings, `There is no data folder at ${settings.dataDir}.`);
}

/** Before the master key is asked for, which a folder without a database lacks, too. */
function requireDatabase(settings: Settings): void {
  const file = dataFile(settings, 'careerhooks.db');
  if (!existsSync(file)) throw nothingThere(settings, `There is no database at ${file}.`);
}

/** Says where to look instead. */
export function nothingThere(settings: Settings, what: string): SettingError {
  return new SettingError(`${what} ${ADVICE}${findInstance(settings)}`);
}

/**
 * Seals and opens under the settings' master keys, or the data folder's. Throws SettingError where there is
 * none.
 */
export function existingSealer(settings: Settings): Sealer {
  if (settings.masterKeys.length > 0) return createSealer(settings.masterKeys);
  const file = dataFile(settings, 'master-key');
  const key = readSecret(file);
  if (key !== undefined) return createSealer([key]);
  throw new SettingError(
    `The master key is missing: put the one that the database's secrets were sealed with into ${file}, or into ` +
      'CAREERHOOKS_MASTER_KEY.',
  );
}

function explained(settings: Settings, error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  if (error.code === 'database_missing') {
    return settings.databaseUrl === undefined
      ? nothingThere(settings, error.message)
      : new SettingError(
          `${error.message} Start a server first, which makes them, or name another in DATABASE_URL.`,
        );
  }
  if (error.code !== 'database_outdated') return error;
  return new SetupError(
    `${error.message} A command does not bring it up to date beside what runs: start this version first ` +
      '(start, server or worker does it), or use the program of the version that runs.',
  );
}
