import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installOnce } from '../support/install-once';
import { whatIsMissing } from './support/programs';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'careerhooks-installing-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const quiet = () => undefined;

test('two that need a tool at once install it once', async () => {
  let installed = 0;
  const install = async (folder: string) => {
    installed += 1;
    await sleep(50);
    await writeFile(join(folder, 'tool'), '');
  };
  const once = () => installOnce(join(cache, 'tools'), 'tool', install, quiet);
  await Promise.all([once(), once()]);
  await once();
  expect(installed).toBe(1);
  expect(await readdir(cache)).toEqual(['tools']);
});

test('an installation that fails leaves nothing, and the next one succeeds', async () => {
  const folder = join(cache, 'tools');
  const failing = async (partial: string) => {
    await writeFile(join(partial, 'half'), '');
    throw new Error('The registry does not answer.');
  };
  await expect(installOnce(folder, 'tool', failing, quiet)).rejects.toThrow('does not answer');
  expect(await readdir(cache)).toEqual([]);
  await installOnce(folder, 'tool', (partial) => writeFile(join(partial, 'tool'), ''), quiet);
  expect(await readdir(folder)).toEqual(['tool']);
});

test('a lock whose process is gone holds nobody up', async () => {
  // No process has this id: on Linux they end at 2^22.
  await writeFile(join(cache, 'tools.lock'), String(2 ** 22 + 1));
  await installOnce(
    join(cache, 'tools'),
    'tool',
    (partial) => writeFile(join(partial, 'tool'), ''),
    quiet,
  );
  expect(await readdir(cache)).toEqual(['tools']);
});

test('what is missing is named with what brings it', () => {
  const path = process.env.PATH;
  process.env.PATH = cache;
  try {
    expect(whatIsMissing(['go', 'go'])).toBe('It needs Go 1.26 or later (https://go.dev).');
    expect(whatIsMissing([])).toBeUndefined();
  } finally {
    process.env.PATH = path;
  }
});
