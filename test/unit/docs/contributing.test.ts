import { basename, dirname } from 'node:path';
import { found, pathsIn, read } from './paths';

/** From the root of the repository; its tables name rooms within rooms. */
const named = pathsIn(read('CONTRIBUTING.md').replaceAll(/^\|.*$/gm, '')).filter(
  (path) => path.includes('/') || /\.(md|json)$/.test(path),
);

test('every path that CONTRIBUTING.md names is there, or one like it', () => {
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter((path) => found(path).length === 0)).toEqual([]);
});

test('a path that nothing is like is missed', () => {
  expect(found('systems/src/<key>/verify.ts').length).toBeGreaterThan(4);
  expect(found('systems/src/<key>/verifier.ts')).toEqual([]);
  expect(found('system/src/registry.ts')).toEqual([]);
});

test('a name that a path has twice stands for one and the same', () => {
  const tests = found('test/unit/systems/<key>/<key>.test.ts');
  expect(tests.length).toBeGreaterThan(4);
  for (const path of tests) expect(`${basename(dirname(path))}.test.ts`).toBe(basename(path));
  expect(found('systems/src/<key>/<key>-<key>.ts')).toEqual([]);
  expect(found('systems/src/<key>/<some>-<other>.ts')).not.toEqual([]);
});
