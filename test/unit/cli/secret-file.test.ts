import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken, existingAdminToken } from '../../../cli/src/admin-token';
import { cvWebhookSecret } from '../../../cli/src/cv-webhook-secret';
import { readOrCreateSecret, readSecret } from '../../../cli/src/secret-file';
import { readSettings, SECRETS, SetupError } from '../../../cli/src/settings';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careerhooks-secret-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a secret file', () => {
  it('is made once, for its owner alone', () => {
    const path = join(folder, 'data', 'admin-token');
    expect(readOrCreateSecret(path, () => 'first')).toBe('first');
    expect(readOrCreateSecret(path, () => 'second')).toBe('first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'data'))).toEqual(['admin-token']);
  });

  it('is the same for two that make it at once', () => {
    const path = join(folder, 'master-key');
    const mine = readOrCreateSecret(path, () => {
      // The other one comes in between.
      expect(readOrCreateSecret(path, () => 'theirs')).toBe('theirs');
      return 'mine';
    });
    expect(mine).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['master-key']);
  });

  it('is read by commands, which make none', () => {
    const settings = readSettings({ CAREERHOOKS_DATA_DIR: join(folder, 'data') });
    expect(readSecret(join(folder, 'data', 'master-key'))).toBeUndefined();
    expect(() => existingAdminToken(settings)).toThrow(SetupError);
    expect(() => existingAdminToken(settings)).toThrow(
      `no admin token at ${join(folder, 'data', 'admin-token')}. Name a key with --token`,
    );
    expect(readdirSync(folder)).toEqual([]);
    const made = adminToken(settings);
    expect(existingAdminToken(settings)).toBe(made);
  });

  it('may be written by hand, with or without a newline', () => {
    const path = join(folder, 'admin-token');
    writeFileSync(path, ' by hand\n\n');
    expect(readOrCreateSecret(path, () => 'made')).toBe('by hand');
  });

  it.each([
    ['', 'empty'],
    ['\n', 'empty'],
    ['"in quotes, 0123456789"\n', 'quotes'],
    ['two\nlines', 'line break'],
    ['\ufeff"quoted behind a mark"\r\n', 'quotes'],
    ['too-short', 'at least 16 characters'],
  ])('%j is refused by the name of its file, and not shown', (content, why) => {
    const path = join(folder, 'cv-webhook-secret');
    writeFileSync(path, content);
    const read = () => readOrCreateSecret(path, () => 'made', SECRETS.cvWebhookSecret);
    expect(read).toThrow(SetupError);
    expect(read).toThrow(path);
    expect(read).toThrow(why);
    if (content.trim() !== '') expect(read).not.toThrow(content.trim());
  });

  it('stands in for the setting that it must be as good as', () => {
    const settings = readSettings({ CAREERHOOKS_DATA_DIR: folder });
    writeFileSync(join(folder, 'admin-token'), 'known to all\r\n');
    expect(() => adminToken(settings)).toThrow('admin-token: what is in it must have at least 24');
    writeFileSync(join(folder, 'cv-webhook-secret'), 'known');
    expect(() => cvWebhookSecret(settings)).toThrow('cv-webhook-secret: what is in it must have');
    writeFileSync(join(folder, 'admin-token'), 'a-token-of-the-operator-0123456789\r\n');
    expect(adminToken(settings)).toBe('a-token-of-the-operator-0123456789');
  });
});
