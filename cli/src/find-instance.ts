import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings';

/** Where deploy/systemd/careerhooks.service has its data folder, what it is installed as, and the program beside it. */
const DATA_DIR = '/var/lib/careerhooks';
const UNITS = ['/etc/systemd/system', '/usr/local/lib/systemd/system', '/usr/lib/systemd/system'];
const WRAPPER = '/usr/local/bin/careerhooks';

/**
 * What is known of a CareerHooks that is installed on this machine, in sentences with a blank before;
 * empty where nothing is. It is not used by itself: the settings may mean another.
 *
 * @param root for tests.
 */
export function findInstance(settings: Pick<Settings, 'dataDir'>, root = '/'): string {
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const found: string[] = [];
  if (isThere(DATA_DIR) && settings.dataDir !== DATA_DIR) {
    found.push(`There is one at ${DATA_DIR}: CAREERHOOKS_DATA_DIR=${DATA_DIR}`);
  }
  if (UNITS.some((folder) => isThere(join(folder, 'careerhooks.service')))) {
    found.push(
      `careerhooks.service is installed here: \`sudo ${WRAPPER} …\` works on its data folder, with its settings.`,
    );
  }
  return found.map((sentence) => ` ${sentence}`).join('');
}
