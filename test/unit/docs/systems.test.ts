import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systems } from '@careerhooks/systems';
import { bare } from './bare';

const { PAGES, withSystems } = jest.requireActual<{
  PAGES: string[];
  withSystems: (page: string, text: string) => string;
}>('../../../docs/systems-tables.cjs');

const read = (page: string) => readFileSync(join(__dirname, '../../..', page), 'utf8');

describe.each(PAGES)('the table of systems in %s', (page) => {
  it('is what the registry makes it', () => {
    expect(bare(withSystems(page, read(page)))).toBe(bare(read(page)));
  });

  it('has a line for each system', () => {
    for (const key of systems.keys())
      expect(read(page)).toMatch(new RegExp(`^\\|.*\`${key}\`.*\\|$`, 'm'));
  });
});

it('a page without a place for the table is told of', () => {
  expect(() => withSystems('README.md', '# CareerHooks')).toThrow('README.md has no place');
});
