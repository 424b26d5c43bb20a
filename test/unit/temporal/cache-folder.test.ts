import { userCacheFolder } from '../../../temporal/src/cache-folder';

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.cache/careerhooks'],
  ['linux', { HOME: '/home/ada', XDG_CACHE_HOME: '/var/c' }, '/var/c/careerhooks'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Caches/careerhooks'],
  ['win32', { LOCALAPPDATA: '/c/Local' }, '/c/Local/careerhooks'],
])('on %s with %j it is %s', (platform, env, folder) => {
  expect(userCacheFolder(env, platform)).toBe(folder);
});
