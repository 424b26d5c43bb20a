import type { Report } from '../../support/install-once';
import { run } from './run';

/**
 * Builds the generators that a Go program's own module names as its tools, at the versions there,
 * into Go's own cache, where `go tool` finds them.
 *
 * @param folder has the `go.mod`.
 */
export async function installGo(folder: string, report: Report): Promise<void> {
  report(`Building the tools of ${folder}: once, about half a minute.`);
  await run('go', ['build', '-o', process.platform === 'win32' ? 'NUL' : '/dev/null', 'tool'], {
    cwd: folder,
  });
}
