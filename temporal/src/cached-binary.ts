import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BinaryPin } from './pins';
import { isVerified, verifyBinary } from './verified-binary';

export interface CachedBinary {
  binary: BinaryPin;
  cacheDir: string;
  /** The pin for this machine. */
  sha256: string;
}

/** `<cache>/temporal-1.9.1/temporal` */
function cachedPath({ binary, cacheDir }: CachedBinary): string {
  return join(cacheDir, `${binary.executable}-${binary.version}`, binary.executable);
}

/**
 * The path of the cached executable, or undefined where there is none.
 *
 * @throws TemporalError `binary_refused` where there is one with the wrong hash, now deleted
 */
export async function takeFromCache(cached: CachedBinary): Promise<string | undefined> {
  const path = cachedPath(cached);
  try {
    await stat(path);
  } catch {
    return undefined;
  }
  if (!(await isVerified(path, cached.sha256))) await verifyBinary(path, cached.sha256);
  return path;
}

/**
 * Fetches an executable into the cache. It is fetched and verified in a folder of its own that is
 * then renamed, so that two processes may do so at once, and none ever sees half a file.
 *
 * @param fetchInto fetches into the given folder and returns the path of the executable there
 * @throws TemporalError `binary_refused`
 */
export async function installInCache(
  cached: CachedBinary,
  fetchInto: (folder: string) => Promise<string>,
): Promise<string> {
  const path = cachedPath(cached);
  await mkdir(cached.cacheDir, { recursive: true });
  const temporary = await mkdtemp(join(cached.cacheDir, '.fetching-'));
  try {
    const fetched = await fetchInto(join(temporary, 'from'));
    const ready = join(temporary, 'ready');
    const executable = join(ready, cached.binary.executable);
    await mkdir(ready);
    await rename(fetched, executable);
    await chmod(executable, 0o755);
    await verifyBinary(executable, cached.sha256);
    await moveIntoPlace(ready, dirname(path), cached);
    return path;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function moveIntoPlace(from: string, to: string, cached: CachedBinary): Promise<void> {
  try {
    await rename(from, to);
    return;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
  // Another process was faster, and its executable is as good as ours; or a broken folder is in
  // the way, which goes aside.
  const present = await takeFromCache(cached).catch(() => undefined);
  if (present !== undefined) return;
  const aside = join(cached.cacheDir, `.broken-${randomUUID()}`);
  await rename(to, aside);
  await rm(aside, { recursive: true, force: true });
  await rename(from, to);
}
