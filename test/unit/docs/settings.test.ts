import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systems } from '@careerhooks/systems';
import { SETTING_NAMES } from '../../../cli/src/settings';

const PAGE = readFileSync(join(__dirname, '../../../docs/settings.md'), 'utf8');

/** The names in the first column of the page's table; what holds likewise for each system, for each. */
function documented(): string[] {
  const names = PAGE.split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z0-9_]+)`/g)])
    .map(([, name = '']) => name);
  return names.flatMap((name) => {
    const [, of] = /^ROLEREADY(_(?:JWT|JWKS)_.*)$/.exec(name) ?? [];
    return of === undefined ? [name] : [...systems.keys()].map((key) => key.toUpperCase() + of);
  });
}

test('the page has each setting that is read, and no other', () => {
  // Temporal's own are read by its rules.
  const own = documented().filter((name) => name !== 'TEMPORAL_ADDRESS');
  expect(own.sort()).toEqual([...SETTING_NAMES].sort());
});
