import { randomBytes } from 'node:crypto';
import { findInstance } from './find-instance';
import { readOrCreateSecret, readSecret } from './secret-file';
import { dataFile, SECRETS, type Settings, SettingError } from './settings';

/** The admin's token: the setting, or the data folder's, made on the first start. */
export function adminToken(settings: Settings): string {
  return (
    settings.adminToken ??
    readOrCreateSecret(
      dataFile(settings, 'admin-token'),
      () => `cha_${randomBytes(32).toString('base64url')}`,
      SECRETS.adminToken,
    )
  );
}

/**
 * The admin's token of a CareerHooks that runs: the setting, or the data folder's. Makes none; throws
 * SettingError where there is none.
 */
export function existingAdminToken(settings: Settings): string {
  const file = dataFile(settings, 'admin-token');
  const token = settings.adminToken ?? readSecret(file, SECRETS.adminToken);
  if (token !== undefined) return token;
  throw new SettingError(
    `There is no admin token at ${file}. Name a key with --token, the admin token with ` +
      `CAREERHOOKS_ADMIN_TOKEN, or the data folder that has it with CAREERHOOKS_DATA_DIR.${findInstance(settings)}`,
  );
}
