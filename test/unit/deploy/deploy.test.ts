import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES } from '../../../cli/src/settings';

const DEPLOY = join(__dirname, '../../../deploy');

function read(name: string): string {
  return readFileSync(join(DEPLOY, name), 'utf8');
}

describe('deploy/careerhooks.service', () => {
  it('sets what there is to set', () => {
    const set = [...read('careerhooks.service').matchAll(/^Environment=([A-Z_]+)=/gm)];
    const known = [...SETTING_NAMES, 'XDG_CACHE_HOME', 'MALLOC_ARENA_MAX'];
    expect(set.map(([, name]) => name!).filter((name) => !known.includes(name))).toEqual([]);
    expect(set).not.toHaveLength(0);
  });
});
