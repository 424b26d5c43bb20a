import { existsSync } from 'node:fs';
import { readTemporalSettings } from '@careerhooks/temporal';
import { dataFile, type Settings, SettingError } from '../settings';

/**
 * Throws SettingError, which names what is missing, where a process cannot be one of
 * several: they share a database, a Temporal, and secrets, of which each would
 * otherwise make its own.
 */
export function requireShared(settings: Settings, role: 'server' | 'worker'): void {
  const missing: [variable: string, why: string][] = [];
  if (settings.databaseUrl === undefined) {
    missing.push(['DATABASE_URL', 'PostgreSQL, since SQLite is for one process alone']);
  }
  if (!readTemporalSettings(settings.env).external) {
    missing.push(['TEMPORAL_ADDRESS', 'the Temporal that all workers share']);
  }
  const isMade = (file: Parameters<typeof dataFile>[1]): boolean =>
    existsSync(dataFile(settings, file));
  if (settings.masterKeys.length === 0 && !isMade('master-key')) {
    missing.push(['CAREERHOOKS_MASTER_KEY', 'the same for all: openssl rand -base64 32']);
  }
  if (role === 'server') {
    if (settings.adminToken === undefined && !isMade('admin-token')) {
      missing.push(['CAREERHOOKS_ADMIN_TOKEN', 'the same for all servers: openssl rand -hex 32']);
    }
    if (settings.cv.webhookSecret === undefined && !isMade('cv-webhook-secret')) {
      missing.push(['CV_WEBHOOK_SECRET', 'the same for all servers: openssl rand -hex 32']);
    }
  }
  if (missing.length === 0) return;
  const lines = missing.map(([variable, why]) => `  ${variable}: ${why}`);
  throw new SettingError(
    `careerhooks ${role} is one of several processes, and needs these settings:\n${lines.join('\n')}\n` +
      'For everything in one process: careerhooks start',
  );
}
