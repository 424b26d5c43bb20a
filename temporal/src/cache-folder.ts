import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from './errors';

/**
 * The user's own cache for CareerHooks, where each platform keeps such things; undefined where there is no
 * knowing, as for a user without a home.
 */
export function userCacheFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const home = env.HOME || env.USERPROFILE || homeOfUser();
  const inHome = (...path: string[]): string | undefined =>
    home === undefined ? undefined : join(home, ...path, 'careerhooks');
  if (platform === 'win32') {
    return env.LOCALAPPDATA ? join(env.LOCALAPPDATA, 'careerhooks') : inHome('AppData', 'Local');
  }
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'careerhooks');
  return platform === 'darwin' ? inHome('Library', 'Caches') : inHome('.cache');
}

/** The system knows no home of a user whom it does not know, as in a container that runs as any user. */
function homeOfUser(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first of these folders that can be made and written to.
 *
 * @throws Error which names each, and what is wrong with it
 */
export async function writableFolder(folders: readonly string[]): Promise<string> {
  const faults: string[] = [];
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch (error) {
      faults.push(`${folder} (${reasonOf(error)})`);
    }
  }
  const tried = faults.length === 0 ? 'this user has no home' : faults.join(', ');
  throw new Error(
    `there is no folder to keep it in: ${tried}. Set HOME, or XDG_CACHE_HOME, to a folder that can be written to`,
  );
}
