import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userCacheFolder } from '../../temporal/src/cache-folder';

/**
 * The Python of a virtual environment with these packages (`name==version`), in the user's cache: made
 * once, by the user's own pip, which knows the company's mirror.
 */
export function pythonWith(name: string, packages: readonly string[]): string {
  const versions = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12);
  const folder = join(userCacheFolder(process.env), `${name}-${versions}`);
  const python = join('bin', 'python');
  if (existsSync(join(folder, python))) return join(folder, python);
  const making = `${folder}.${process.pid}`;
  run('python3', ['-m', 'venv', making]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  run(join(making, python), [...pip, '--only-binary=:all:', ...packages]);
  try {
    renameSync(making, folder);
  } catch {
    // Another run has been faster.
    rmSync(making, { recursive: true });
  }
  return join(folder, python);
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}:\n${stderr}`);
}
