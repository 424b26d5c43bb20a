import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce, type Report } from '../../support/install-once';
import { folderOf } from './cache-folder';
import { run } from './run';

/**
 * Builds the programs that a Go module names as its tools, at the versions and with the sums there, once.
 *
 * @param module the folder of its `go.mod`.
 * @returns the folder of the programs.
 */
export async function installGo(name: string, module: string, report: Report): Promise<string> {
  const [versions, sums] = await Promise.all(
    ['go.mod', 'go.sum'].map((file) => readFile(join(module, file), 'utf8')),
  );
  const folder = folderOf(name, { versions: versions ?? '', sums: sums ?? '' });
  const install = async (partial: string) => {
    report(`Building the tools of Go's module ${name}: about half a minute.`);
    await run('go', ['build', '-o', join(partial, 'bin/'), 'tool'], { cwd: module });
  };
  await installOnce(folder, 'bin', install, report);
  return join(folder, 'bin');
}
