import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createApiClient } from '../../../cli/src/api-client';
import { importFile } from '../../../cli/src/cv/import-file';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { PROGRAM } from '../../support/process';

let careerHooks: TestCareerHooks;
let key: string;
let folder: string;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  key = await careerHooks.key({ system: 'cv' });
  folder = await mkdtemp(join(tmpdir(), 'cv-files-'));
});
afterAll(async () => {
  await careerHooks.stop();
  await rm(folder, { recursive: true, force: true });
});

const RESUME = {
  basics: { name: 'Alex Example', website: 'alex.example.com' },
  work: [{ company: 'Acme', position: 'Engineer', startDate: 'Mar 2018', mood: 'good' }],
};

async function run(
  args: string[],
  input = '',
): Promise<{ code: number; out: string; errors: string }> {
  const child = spawn(process.execPath, [
    PROGRAM,
    'cv',
    ...args,
    '--url',
    careerHooks.url,
    '--token',
    key,
  ]);
  child.stdin.end(input);
  const [out, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: child.exitCode ?? -1, out, errors };
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

async function version(): Promise<unknown> {
  return (await careerHooks.call('GET', '/v1/cv', undefined, { token: key })).body.version;
}

test('without a terminal it says what would change, and imports only with --yes', async () => {
  const path = await file('resume.json', RESUME);
  const plan = [
    'personalInfo',
    '  + name',
    '  + website',
    'workExperience',
    '  + acme-engineer-2018',
    'Not in the file, or not understood, so they stay: socialMedia, education,',
    '  work[0].mood is no field that the CV has',
  ];
  for (const args of [[], ['--dry-run'], ['--dry-run', '--yes']]) {
    const { code, out, errors } = await run(['import', path, ...args]);
    for (const line of plan) expect(out).toContain(line);
    expect([code, errors]).toEqual(
      args.length > 0
        ? [0, '']
        : [1, 'Nothing was written: nobody can be asked here. Repeat it with --yes.\n'],
    );
    expect(await version()).toBe(0);
  }
  const { code, out } = await run(['import', path, '--yes']);
  expect([code, await version()]).toEqual([0, 1]);
  expect(out).toContain('Imported. The CV is at version 1');

  const again = await run(['import', '-', '--yes'], JSON.stringify(RESUME));
  expect([again.code, await version()]).toEqual([0, 1]);
  expect(again.out).toContain('Nothing to change.');
});

test('what is exported is imported again without a change', async () => {
  const path = join(folder, 'exported.json');
  expect(await run(['export', path])).toEqual({ code: 0, out: '', errors: '' });
  const exported = JSON.parse(await readFile(path, 'utf8')) as unknown;
  expect(exported).toMatchObject({ basics: { url: 'https://alex.example.com' } });
  expect(JSON.parse((await run(['export'])).out)).toEqual(exported);
  expect((await run(['import', path])).out).toContain('Nothing to change.');

  expect((await run(['export', path])).errors).toContain('--force replaces it');
  expect((await run(['export', path, '--force'])).code).toBe(0);
});

test('at a terminal it asks, and only a yes imports', async () => {
  const source = await file('other.json', { work: [], interests: [{ name: 'Chess' }] });
  const printed: string[] = [];
  const answer = (yes: boolean) =>
    importFile({
      api: createApiClient(careerHooks.url, key),
      source,
      dryRun: false,
      yes: false,
      print: (line) => printed.push(line),
      confirm: () => Promise.resolve(yes),
    });
  await answer(false);
  expect(printed).toEqual(expect.arrayContaining(['  - acme-engineer-2018', '  + chess']));
  expect([printed.at(-1), await version()]).toEqual(['Nothing was written.', 1]);
  await answer(true);
  expect(await version()).toBe(2);
});

test('a change between the question and the answer is not overwritten', async () => {
  const source = await file('late.json', { work: [{ name: 'Late' }] });
  const change = { action: 'update', section: 'personalInfo', data: { title: 'Baker' } };
  await expect(
    importFile({
      api: createApiClient(careerHooks.url, key),
      source,
      dryRun: false,
      yes: false,
      print: () => undefined,
      confirm: async () => {
        await careerHooks.call('POST', '/v1/cv/changes', change, { token: key });
        return true;
      },
    }),
  ).rejects.toThrow('The CV is at version 3, not 2');
});

test.each([
  ['a file that is not there', 'nowhere.json', 'cannot be read'],
  ['a file that is not JSON', 'broken.json', 'is not JSON'],
  ['a file that is no JSON Resume', 'list.json', 'JSON'],
  ['a file that is not in UTF-8', 'latin1.json', 'is not in UTF-8'],
  ['a file in UTF-16', 'utf16.json', 'is not in UTF-8'],
  ['a file that is nested deeply', 'deep.json', 'unacceptable|64'],
  ['a file that is nested too deeply to be sent', 'deeper.json', 'nested too deeply'],
])('%s is refused in a sentence', async (_, name, message) => {
  const before = await version();
  await writeFile(join(folder, 'broken.json'), '{');
  await file('list.json', { a: 1 });
  const basics = JSON.stringify({ basics: { name: 'Jos\u00e9' } });
  await writeFile(join(folder, 'latin1.json'), basics, 'latin1');
  await writeFile(join(folder, 'utf16.json'), `\ufeff${basics}`, 'utf16le');
  for (const [name, depth] of [
    ['deep', 100],
    ['deeper', 20_000],
  ] as const) {
    const nested = `{"basics":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    await writeFile(join(folder, `${name}.json`), nested);
  }
  const { code, errors } = await run(['import', join(folder, name), '--yes']);
  expect(code).toBe(1);
  expect(errors).toMatch(new RegExp(message));
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(await version()).toBe(before);
});

test('an address with a slash at its end is the same', async () => {
  const api = createApiClient(`${careerHooks.url}/`, key);
  expect(await api.call('GET', '/v1/cv')).toMatchObject({ version: 3 });
});

test('what answers something else than JSON is told', async () => {
  const api = createApiClient(`${careerHooks.url}/docs?`, key);
  await expect(api.call('GET', '/v1/cv')).rejects.toThrow('no JSON: is it CareerHooks?');
});
