import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installOnce, type Report } from '../../support/install-once';

const PACKAGES = ['patroni[etcd3]==4.1.5', 'psycopg2-binary==2.9.13'];

/** Root's own cache is closed to the user that Patroni runs as. */
const CACHE =
  process.getuid?.() === 0 ? '/var/cache/careerhooks' : join(homedir(), '.cache', 'careerhooks');

/** Debian's own, which every user may run. */
const PYTHON = '/usr/bin/python3';

/** Installs Patroni into the cache once; returns the Python that has it (`python -m patroni`). */
export async function installPatroni(report: Report): Promise<string> {
  const folder = join(CACHE, 'patroni-4.1.5');
  await installOnce(
    folder,
    'bin/python3',
    async (partial) => {
      report('Installing Patroni');
      const run = promisify(execFile);
      await run(PYTHON, ['-m', 'venv', partial]);
      await run(join(partial, 'bin/python3'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
      await run('chmod', ['755', partial]);
    },
    report,
  );
  return join(folder, 'bin/python3');
}
