import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userCacheFolder, writableFolder } from '../../../temporal/src/cache-folder';

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.cache/careerhooks'],
  ['linux', { HOME: '/home/ada', XDG_CACHE_HOME: '/var/c' }, '/var/c/careerhooks'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Caches/careerhooks'],
  ['win32', { LOCALAPPDATA: '/c/Local' }, '/c/Local/careerhooks'],
  ['linux', { HOME: '', XDG_CACHE_HOME: '/var/c' }, '/var/c/careerhooks'],
  ['linux', { HOME: '/' }, '/.cache/careerhooks'],
])('on %s with %j it is %s', (platform, env, folder) => {
  expect(userCacheFolder(env, platform)).toBe(folder);
});

test('the first folder that can be made is taken', async () => {
  const root = await mkdtemp(join(tmpdir(), 'careerhooks-cache-'));
  const file = join(root, 'file');
  await writeFile(file, '');
  const folder = join(root, 'data', 'cache');
  await expect(writableFolder([join(file, 'careerhooks'), folder])).resolves.toBe(folder);
  await expect(writableFolder([join(file, 'a'), join(file, 'b')])).rejects.toThrow(
    /no folder to keep it in: \S+\/a \(ENOTDIR.*\), \S+\/b \(ENOTDIR.*\)\. Set HOME/,
  );
  await expect(writableFolder([])).rejects.toThrow('this user has no home');
  await rm(root, { recursive: true });
});
