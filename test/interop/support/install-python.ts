import { join } from 'node:path';
import { installOnce, type Report } from '../../support/install-once';
import { folderOf } from './cache-folder';
import { run } from './run';

const PYTHON = join('bin', 'python');

/**
 * Packages from PyPI in a virtual environment of their own, installed once, by the user's own pip,
 * which knows the company's mirror. Since the environment is moved into place, its programs are run
 * as modules: `python -m mypy`.
 *
 * @param pins their exact versions by name, with extras where wanted: `'uvicorn[standard]': '0.38.0'`.
 * @returns its Python.
 */
export async function installPython(
  name: string,
  pins: Readonly<Record<string, string>>,
  report: Report,
): Promise<string> {
  const folder = folderOf(name, pins);
  const install = async (partial: string) => {
    const wanted = Object.entries(pins).map(([name, version]) => `${name}==${version}`);
    report(`Installing from PyPI: ${wanted.join(', ')}.`);
    await run('python3', ['-m', 'venv', partial]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
    await run(join(partial, PYTHON), [...pip, '--only-binary=:all:', ...wanted]);
  };
  await installOnce(folder, PYTHON, install, report);
  return join(folder, PYTHON);
}
