import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { extract } from 'tar';
import { userCacheFolder } from '../../temporal/src/cache-folder';
import { installOnce } from './install-once';

const run = promisify(execFile);

/**
 * The files of packages from npm, unpacked once into the user's cache: nothing of them runs, and what
 * they depend on is left out.
 *
 * @param pins their exact versions by name.
 * @returns where the files of a package are.
 */
export async function unpackNpm(
  pins: Readonly<Record<string, string>>,
): Promise<(name: string) => string> {
  const digest = createHash('sha256').update(JSON.stringify(pins)).digest('hex').slice(0, 12);
  const cache = userCacheFolder(process.env) ?? tmpdir();
  const folder = join(cache, 'packages', digest);
  const names = Object.keys(pins);
  await installOnce(
    folder,
    names.at(-1) ?? '',
    async (partial) => {
      for (const [name, version] of Object.entries(pins)) {
        const args = ['pack', `${name}@${version}`, '--silent', '--pack-destination', partial];
        const { stdout } = await run('npm', args);
        await mkdir(join(partial, name), { recursive: true });
        await extract({ file: join(partial, stdout.trim()), cwd: join(partial, name), strip: 1 });
      }
    },
    () => undefined,
  );
  return (name) => join(folder, name);
}
