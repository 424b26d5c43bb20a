import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

test('every test that SECURITY.md leans on is there', () => {
  const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const named = [...text.matchAll(/`((?:unit|integration)\/[\w/-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(20);
  for (const path of named) {
    const at = join(ROOT, 'test', path);
    expect([path, existsSync(at) || existsSync(`${at}.test.ts`)]).toEqual([path, true]);
  }
});
