import { randomBytes } from 'node:crypto';
import { readOrCreateSecret } from './secret-file';
import { dataFile, SECRETS, type Settings } from './settings';

/** What webhooks to the CV are signed with: the setting, or the data folder's, made on the first start. */
export function cvWebhookSecret(settings: Settings): string {
  return (
    settings.cv.webhookSecret ??
    readOrCreateSecret(
      dataFile(settings, 'cv-webhook-secret'),
      () => randomBytes(32).toString('base64url'),
      SECRETS.cvWebhookSecret,
    )
  );
}
