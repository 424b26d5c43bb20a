import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's own cache for CareerHooks, where each platform keeps such things. */
export function userCacheFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(homeOf(env), 'AppData', 'Local'), 'careerhooks');
  }
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'careerhooks');
  if (platform === 'darwin') return join(homeOf(env), 'Library', 'Caches', 'careerhooks');
  return join(homeOf(env), '.cache', 'careerhooks');
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return env.HOME ?? env.USERPROFILE ?? homedir();
}
