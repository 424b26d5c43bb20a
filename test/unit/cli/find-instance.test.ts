import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstance } from '../../../cli/src/find-instance';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'careerhooks-root-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const ELSEWHERE = { dataDir: '/opt/careerhooks/data' };

describe('what is known of an installation', () => {
  it('is nothing where there is none', () => {
    expect(findInstance(ELSEWHERE, root)).toBe('');
  });

  it('is the data folder, as it has to be named', () => {
    mkdirSync(join(root, 'var/lib/careerhooks'), { recursive: true });
    expect(findInstance(ELSEWHERE, root)).toBe(
      ' There is one at /var/lib/careerhooks: CAREERHOOKS_DATA_DIR=/var/lib/careerhooks',
    );
    expect(findInstance({ dataDir: '/var/lib/careerhooks' }, root)).toBe('');
  });

  it('is the program beside the unit, which has its settings', () => {
    mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
    writeFileSync(join(root, 'etc/systemd/system/careerhooks.service'), '');
    expect(findInstance(ELSEWHERE, root)).toContain('`sudo /usr/local/bin/careerhooks …`');
  });
});
