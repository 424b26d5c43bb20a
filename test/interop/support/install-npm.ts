import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce, type Report } from '../../support/install-once';
import { folderOf } from './cache-folder';
import { run } from './run';

/**
 * Packages from npm in a folder of their own, installed once, without their install scripts.
 *
 * @param pins their exact versions by name.
 * @param overrides versions of packages that these depend on, where what they ask for does not install.
 * @returns the folder that has the `node_modules`.
 */
export async function installNpm(
  name: string,
  pins: Readonly<Record<string, string>>,
  report: Report,
  overrides: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = folderOf(name, { ...pins, ...overrides });
  const install = async (partial: string) => {
    report(`Installing from npm: ${list(pins)}.`);
    const manifest = { private: true, dependencies: pins, overrides };
    await writeFile(join(partial, 'package.json'), JSON.stringify(manifest));
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...quiet], { cwd: partial });
  };
  await installOnce(folder, 'node_modules', install, report);
  return folder;
}

function list(pins: Readonly<Record<string, string>>): string {
  return Object.entries(pins)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
