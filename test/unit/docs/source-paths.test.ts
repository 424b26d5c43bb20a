import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { found, pathsIn, read, ROOT } from './paths';

const PAGES = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What others made, or what we make where we run. */
const NOT_SOURCES = ['node_modules', 'dist', 'data'];
const MADE_WHERE_WE_RUN = [
  'deploy/.env',
  'deploy/compose.override.yaml',
  'bench/results/<date>.json',
];

const ROOMS = foldersIn('');
const KINDS_OF_TESTS = foldersIn('test');
const FILE_NAMES = new Set([
  ...readdirSync(ROOT),
  ...ROOMS.flatMap(filesIn).map((path) => basename(path)),
]);

function foldersIn(place: string): string[] {
  return readdirSync(join(ROOT, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !NOT_SOURCES.includes(name));
}

function filesIn(place: string): string[] {
  return readdirSync(join(ROOT, place), { withFileTypes: true }).flatMap((entry) => {
    const path = `${place}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return NOT_SOURCES.includes(entry.name) ? [] : filesIn(path);
  });
}

/** A file by its name alone, a path from the root, or a test's from `test/`, which may lack its ending. */
function isMissing(path: string): boolean {
  if (MADE_WHERE_WE_RUN.includes(path)) return false;
  const [first = '', ...rest] = path.split('/');
  if (rest.length === 0) return /\.(ts|cjs|mjs)$/.test(path) && !FILE_NAMES.has(path);
  if (ROOMS.includes(first)) return isNowhere(path);
  return KINDS_OF_TESTS.includes(first) && isNowhere(`test/${path}`);
}

function isNowhere(path: string): boolean {
  return found(path).length === 0 && found(`${path}.test.ts`).length === 0;
}

test.each(PAGES)('every file of ours that %s names is there', (page) => {
  expect(pathsIn(read(page)).filter(isMissing)).toEqual([]);
});

test('pages name files of ours', () => {
  const folders = [...ROOMS, ...KINDS_OF_TESTS];
  const named = PAGES.flatMap((page) => pathsIn(read(page)));
  expect(named.filter((path) => folders.includes(path.split('/')[0]!)).length).toBeGreaterThan(80);
});

test('a file that was moved is missed, and what is no file of ours is not', () => {
  const gone = [
    'server/src/messages.ts',
    'messages.ts',
    'integration/api/nothing',
    'test/unit/nothing',
  ];
  expect(gone.filter(isMissing)).toEqual(gone);
  const others = ['burst/<id>', 'temporalio/ui', 'data/master-key', 'example.com'];
  expect([...others, 'test/unit/house', 'unit/docs/source-paths'].filter(isMissing)).toEqual([]);
});
