import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * The rules of `npm run lint` for imports, on a small house of their own that has the names of ours: each
 * arrow that must not be is told, by the one rule that forbids it.
 */
const ROOT = resolve(__dirname, '../../..');
const CHECKER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

type Files = Readonly<Record<string, string>>;

function manifest(name: string, uses: readonly string[], more: object = {}): string {
  return JSON.stringify({
    name: `@careerhooks/${name}`,
    exports: { '.': { source: './src/index.ts', default: './dist/index.js' } },
    dependencies: Object.fromEntries(uses.map((used) => [`@careerhooks/${used}`, '*'])),
    ...more,
  });
}

const WORKSPACES = ['systems', 'store', 'worker', 'server'];

/** Whose arrows all point down. */
const SOUND: Files = {
  'package.json': JSON.stringify({
    workspaces: WORKSPACES,
    devDependencies: { undici: '*', 'n8n-workflow': '*' },
  }),
  'node_modules/undici/package.json': '{ "name": "undici", "main": "index.js" }',
  'node_modules/undici/index.js': '',
  'node_modules/n8n-workflow/package.json': '{ "name": "n8n-workflow", "main": "index.js" }',
  'node_modules/n8n-workflow/index.js': '',
  'node_modules/packed/package.json': '{ "name": "packed", "main": "dist/index.js" }',
  'node_modules/packed/dist/index.js': '',
  'nodes/api/sound.ts': "import 'node:crypto';\nimport 'n8n-workflow';",
  'systems/package.json': manifest('systems', ['store']),
  'systems/src/index.ts': 'export const systems = [];',
  'systems/src/roleready/index.ts': "import './events';",
  'systems/src/roleready/events.ts': '',
  'store/package.json': manifest('store', ['server']),
  'store/src/index.ts': "export { get } from './endpoints/get';",
  'store/src/endpoints/get.ts': "export { read as get } from '../databases/read';",
  'store/src/databases/read.ts': 'export const read = 1;',
  'store/dist/endpoints/get.js': '',
  'worker/package.json': manifest('worker', ['store', 'systems'], {
    devDependencies: { undici: '*' },
  }),
  'worker/src/index.ts': "import '@careerhooks/store';\nimport '@careerhooks/systems';",
  'server/package.json': manifest('server', []),
  'server/src/index.ts': 'export const app = 1;',
  'server/src/cv/page.ts': '',
  'server/src/products/cv.ts': '',
  'cli/bin/careerhooks.js': "require('../dist/main.js');",
  'test/support.ts': "import '../store/src/endpoints/get';\nimport 'undici';",
};

/** What no lint may let pass: a file, what it imports and the rule that says no. */
const BREACHES: readonly { what: string; file: string; text: string; rule: string }[] = [
  {
    what: 'a circle',
    file: 'store/src/circle.ts',
    text: "import { two } from './closed';\nexport const one = () => two;",
    rule: 'no-circles',
  },
  {
    what: 'a circle, seen from its other file',
    file: 'store/src/closed.ts',
    text: "import { one } from './circle';\nexport const two = () => one;",
    rule: 'no-circles',
  },
  {
    what: 'a circle that a type closes',
    file: 'systems/src/type.ts',
    text: "import type { Two } from './closed';\nexport type One = Two[];",
    rule: 'no-circles',
  },
  {
    what: 'a circle that a type closes, seen from its other file',
    file: 'systems/src/closed.ts',
    text: "import type { One } from './type';\nexport type Two = One | string;",
    rule: 'no-circles',
  },
  {
    what: 'a workspace above',
    file: 'store/src/up.ts',
    text: "import '@careerhooks/server';",
    rule: 'downwards',
  },
  {
    what: 'a type of a workspace beside',
    file: 'systems/src/beside.ts',
    text: "import type { get } from '@careerhooks/store';\nexport type Get = typeof get;",
    rule: 'downwards',
  },
  {
    what: 'a folder above, within a workspace',
    file: 'server/src/present/up.ts',
    text: "import '../products/cv';",
    rule: 'downwards',
  },
  {
    what: 'a folder above, by a file between folders',
    file: 'server/src/context.ts',
    text: "import type {} from './cv/page';",
    rule: 'downwards',
  },
  {
    what: 'a folder, by a file that has no floor',
    file: 'server/src/drop-nulls.ts',
    text: "import './cv/page';",
    rule: 'downwards',
  },
  {
    what: 'the index of its own workspace',
    file: 'store/src/open.ts',
    text: "import './index';",
    rule: 'downwards',
  },
  {
    what: 'one system by another',
    file: 'systems/src/pathfinder/verify.ts',
    text: "import '../roleready/events';",
    rule: 'downwards',
  },
  {
    what: 'a workspace above, once it is needed',
    file: 'store/src/later.ts',
    text: "export const later = () => import('@careerhooks/server');",
    rule: 'downwards',
  },
  {
    what: 'a workspace above, by require',
    file: 'store/tool.cjs',
    text: "require('@careerhooks/server');",
    rule: 'downwards',
  },
  {
    what: 'tests',
    file: 'server/src/up.ts',
    text: "import '../../test/support';",
    rule: 'downwards',
  },
  {
    what: 'a workspace that package.json does not name',
    file: 'server/src/undeclared.ts',
    text: "import '@careerhooks/store';",
    rule: 'declared',
  },
  {
    what: 'a package that package.json does not name',
    file: 'server/src/post.ts',
    text: "import 'undici';",
    rule: 'declared',
  },
  {
    what: 'a package that package.json does not name, which was compiled to dist/',
    file: 'server/src/pack.ts',
    text: "import 'packed';",
    rule: 'declared',
  },
  {
    what: 'a package that is there in development alone',
    file: 'worker/src/post.ts',
    text: "import 'undici';",
    rule: 'declared-to-run',
  },
  {
    what: 'a package that is there in development alone, outside of src/',
    file: 'worker/bundle.cjs',
    text: "require('undici');",
    rule: 'declared-to-run',
  },
  {
    what: 'what was compiled of another workspace',
    file: 'worker/src/compiled.ts',
    text: "import '../../store/dist/endpoints/get';",
    rule: 'source-alone',
  },
  {
    what: 'what is to be compiled',
    file: 'worker/src/unbuilt.ts',
    text: "import '../dist/engine';",
    rule: 'source-alone',
  },
  {
    what: "another workspace's inside, by its path",
    file: 'worker/src/around.ts',
    text: "import '../../store/src/endpoints/get';",
    rule: 'by-the-door',
  },
  {
    what: "another workspace's inside, by its name",
    file: 'worker/src/inside.ts',
    text: "import '@careerhooks/store/src/endpoints/get';",
    rule: 'found',
  },
  {
    what: 'more than the nodes may',
    file: 'nodes/api/post.ts',
    text: "import 'undici';",
    rule: 'nodes-alone',
  },
];

let folder: string;
/** The rules that each file breaks. */
let broken: Record<string, string[]>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'careerhooks-walls-'));
  const files = Object.entries(SOUND).concat(BREACHES.map(({ file, text }) => [file, text]));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, 'node_modules/@careerhooks'));
  for (const name of WORKSPACES) {
    symlinkSync(`../../${name}`, join(folder, 'node_modules/@careerhooks', name));
  }
  broken = look();
});

afterAll(() => rmSync(folder, { recursive: true }));

function look(): Record<string, string[]> {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CHECKER, '--config', config, '--output-type', 'json', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) throw new Error(stderr || stdout);
  const { modules } = JSON.parse(stdout) as {
    modules: { source: string; dependencies: { rules?: { name: string }[] }[] }[];
  };
  const found: Record<string, string[]> = {};
  for (const { source, dependencies } of modules) {
    const rules = dependencies.flatMap((dependency) => dependency.rules ?? []);
    if (rules.length > 0) found[source] = rules.map(({ name }) => name);
  }
  return found;
}

it.each(BREACHES)('lint refuses the import of $what', ({ file, rule }) => {
  expect(broken[file]).toEqual([rule]);
});

it('lint lets all else pass', () => {
  expect(Object.keys(broken).sort()).toEqual(BREACHES.map(({ file }) => file).sort());
});
