import { randomBytes } from 'node:crypto';
import { readOrCreateSecret } from './secret-file';
import { dataFile, SECRETS, type Settings } from './settings';

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
