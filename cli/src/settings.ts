import { join } from 'node:path';
import type { TokenSettings } from '@careerhooks/server';
import { z } from 'zod';
import { type AccessSettings, accessSettings, accessVariables } from './settings/access';
import { cvFault, type CvSettings, cvSettings, cvVariables } from './settings/cv';
import { type DatabaseSettings, databaseSettings, databaseVariables } from './settings/database';
import { type ServiceSettings, serviceSettings, serviceVariables } from './settings/service';
import { SettingError } from './settings/setup-error';
import { type TemporalSettings, temporalSettings, temporalVariables } from './settings/temporal';
import { tokenSettings, tokenVariables } from './settings/tokens';
import { type UpkeepSettings, upkeepSettings, upkeepVariables } from './settings/upkeep';
import { textFault } from './text-fault';

export { SECRETS } from './settings/secrets';
export { SettingError, SetupError } from './settings/setup-error';

const environment = z.object({
  ...serviceVariables,
  ...databaseVariables,
  ...temporalVariables,
  ...accessVariables,
  ...cvVariables,
  ...upkeepVariables,
});

/** The environment variables that are read here; Temporal's standard ones are read by its own rules. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(environment.shape),
  ...Object.keys(tokenVariables),
];

export interface Settings
  extends ServiceSettings, DatabaseSettings, TemporalSettings, AccessSettings, UpkeepSettings {
  cv: CvSettings;
  /** How the products' own tokens are verified, by the system's key. */
  tokens: Record<string, TokenSettings>;
  /** Where Temporal's own standard settings are read from. */
  env: NodeJS.ProcessEnv;
}

/**
 * Reads the settings from environment variables, without blanks and line breaks around them; throws
 * SettingError that names each bad one, and shows no secret.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { given, faults } = readTexts(env);
  const result = environment.safeParse(given);
  const tokens = z.object(tokenVariables).safeParse(given);
  if (faults.length > 0 || !result.success || !tokens.success) {
    const issues = [...(result.error?.issues ?? []), ...(tokens.error?.issues ?? [])];
    throw wrong([...faults, ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)]);
  }
  const values = result.data;
  const fault = cvFault(values);
  if (fault !== undefined) throw wrong([fault]);
  const service = serviceSettings(values);
  return {
    ...service,
    ...databaseSettings(values),
    ...temporalSettings(values),
    ...accessSettings(values),
    ...upkeepSettings(values, values.DATABASE_URL !== undefined),
    cv: cvSettings(values, service.dataDir),
    tokens: tokenSettings(tokens.data),
    env,
  };
}

function wrong(faults: string[]): SettingError {
  return new SettingError(
    ['These settings are wrong:', ...faults.map((fault) => `  ${fault}`)].join('\n'),
  );
}

/** An empty variable, as compose files make them, is one that is not set. */
function readTexts(env: NodeJS.ProcessEnv): { given: Record<string, string>; faults: string[] } {
  const given: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of SETTING_NAMES) {
    const text = env[name]?.trim() ?? '';
    const fault = textFault(text);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
    else if (text !== '') given[name] = text;
  }
  return { given, faults };
}

/** Where the data folder's files are. */
export function dataFile(
  settings: Pick<Settings, 'dataDir'>,
  name:
    | 'careerhooks.db'
    | 'admin-token'
    | 'master-key'
    | 'cv-webhook-secret'
    | 'endpoints.journal'
    | 'instance.lock'
    | 'cache',
): string {
  return join(settings.dataDir, name);
}
