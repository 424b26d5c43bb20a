import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrCreateSecret } from '../../../cli/src/secret-file';

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

  it('may be written by hand, with or without a newline', () => {
    const path = join(folder, 'admin-token');
    writeFileSync(path, ' by hand\n\n');
    expect(readOrCreateSecret(path, () => 'made')).toBe('by hand');
  });
});
