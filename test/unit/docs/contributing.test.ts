import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
// Without its tables: they name rooms within rooms.
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').replaceAll(/^\|.*$/gm, '');

/** Every path in backticks, from the root of the repository; `<…>` stands for a name. */
const named = [...PAGE.matchAll(/`([\w.<>-]+(?:\/[\w.<>-]+)*\/?)`/g)]
  .map(([, path]) => path!)
  .filter((path) => path.includes('/') || /\.(md|json)$/.test(path));

/** What is there of a path, whatever the names are that it leaves open. */
function found(path: string): string[] {
  return path
    .split('/')
    .filter((step) => step !== '')
    .reduce(
      (places, step) =>
        places
          .flatMap((place) => (step.includes('<') ? entriesLike(place, step) : [join(place, step)]))
          .filter((place) => existsSync(place)),
      [ROOT],
    );
}

function entriesLike(folder: string, step: string): string[] {
  const pattern = new RegExp(`^${step.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[\\w-]+')}$`);
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

test('every path that CONTRIBUTING.md names is there, or one like it', () => {
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter((path) => found(path).length === 0)).toEqual([]);
});

test('a path that nothing is like is missed', () => {
  expect(found('systems/src/<key>/verify.ts').length).toBeGreaterThan(4);
  expect(found('systems/src/<key>/verifier.ts')).toEqual([]);
  expect(found('system/src/registry.ts')).toEqual([]);
});
