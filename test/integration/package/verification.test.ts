import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { ROOT } from '../../support/process';

const run = promisify(execFile);

const SCAN = join(ROOT, 'test/support/scan-package.mjs');

let folder: string;
let unpacked: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-package-'));
  unpacked = join(folder, 'package');
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [{ filename }] = JSON.parse(stdout);
  await extract({ file: join(folder, filename), cwd: folder });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/**
 * What n8n's scan says. Its temporary files go with the test's own; and NODE_ENV is not Jest's,
 * under which n8n's rules take every file for one of their own test's.
 */
async function scan(directory: string, kind: 'source' | 'packed'): Promise<unknown> {
  const { stdout } = await run(process.execPath, [SCAN, directory, kind], {
    env: { ...process.env, NODE_ENV: '', TMPDIR: folder },
  });
  return JSON.parse(stdout);
}

/** All files below a folder, with `/` between their parts. */
async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

test("n8n's scan finds nothing in the source", async () => {
  expect(await scan(ROOT, 'source')).toEqual({ passed: true });
});

test("n8n's scan finds nothing in the package", async () => {
  expect(await scan(unpacked, 'packed')).toEqual({ passed: true });
});

test("n8n's scan would find something", async () => {
  const bad = join(folder, 'bad');
  await mkdir(bad);
  await symlink(join(unpacked, 'dist'), join(bad, 'dist'));
  const description = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
  const broken = { ...description, dependencies: { left: '1.0.0' } };
  await writeFile(join(bad, 'package.json'), JSON.stringify(broken));
  expect(await scan(bad, 'packed')).toMatchObject({ passed: false });
});

test('the package has the compiled nodes, their icons and what npm adds, and nothing else', async () => {
  const sources = [
    ...(await filesIn(join(ROOT, 'nodes'))).map((file) => `nodes/${file}`),
    ...(await filesIn(join(ROOT, 'credentials'))).map((file) => `credentials/${file}`),
  ];
  const compiled = sources
    .filter((file) => /\.(ts|svg|node\.json)$/.test(file))
    .map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
  const expected = [...compiled, 'LICENSE', 'README.md', 'package.json'];
  expect((await filesIn(unpacked)).sort()).toEqual(expected.sort());
});

test('the package loads where there is n8n-workflow and nothing else', async () => {
  await mkdir(join(unpacked, 'node_modules'));
  await symlink(
    join(ROOT, 'node_modules/n8n-workflow'),
    join(unpacked, 'node_modules/n8n-workflow'),
  );
  const { n8n } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
  const names = [...n8n.nodes, ...n8n.credentials].map((path: string) => {
    const [name = ''] = path.split('/').at(-1)!.split('.');
    // As n8n does: the class has the name of its file.
    const { [name]: Class } = jest.requireActual(join(unpacked, path));
    const made = new Class();
    return made.description?.name ?? made.name;
  });
  expect(names.sort()).toEqual(['careerHooks', 'careerHooksApi', 'careerHooksTrigger']);
});
