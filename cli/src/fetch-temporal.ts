import { existsSync } from 'node:fs';
import { fetchTemporalCli, findTemporalCli } from '@careerhooks/temporal';
import { dataFile, type Settings, SetupError } from './settings';

/**
 * `careerhooks fetch-temporal [folder]`: finds the Temporal CLI as a start does, and downloads it where there
 * is none; into `folder`, where one is named. For a machine that has a way out before the start has none.
 *
 * @param report is told what is being downloaded.
 * @returns the path of the executable.
 */
export async function fetchTemporal(
  settings: Settings,
  folder: string | undefined,
  report: (line: string) => void,
): Promise<string> {
  const { env, dataDir } = settings;
  if (folder === '') throw new SetupError('The folder is an empty text: name one, or none.');
  if (folder !== undefined) return fetchTemporalCli(folder, { env, report });
  // Where there is no data folder, none is made.
  const fallback = existsSync(dataDir) ? { fallbackDir: dataFile(settings, 'cache') } : {};
  const { path } = await findTemporalCli({ env, report, ...fallback });
  return path;
}
