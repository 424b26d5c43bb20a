import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userCacheFolder } from '../../../temporal/src/cache-folder';
import { run } from '../../interop/support/run';
import { installOnce, type Report } from '../../support/install-once';

/** How long the first build may take on two slow cores that others use too, in milliseconds. */
export const INSTALL_MS = 30 * 60_000;

/** The programs of a production Temporal server. */
export interface TemporalPrograms {
  /** `temporal-server`. */
  server: string;
  /** `temporal-sql-tool`, with the schemas in it. */
  sqlTool: string;
}

/** Its versions and sums: `go.mod` and `go.sum`. */
const MODULE = join(__dirname, '..', 'temporal-server');

/** Steps that take long are told where the developer sees them. */
const tell: Report = (line) => process.stderr.write(`${line}\n`);

/** Builds a production Temporal server from its Go module, once, into the user's cache. */
export async function installTemporal(report: Report = tell): Promise<TemporalPrograms> {
  const digest = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) digest.update(await readFile(join(MODULE, file)));
  const name = `temporal-server-${digest.digest('hex').slice(0, 12)}`;
  const folder = join(userCacheFolder(process.env) ?? tmpdir(), 'production', name);
  await installOnce(
    folder,
    'server',
    async (partial) => {
      report("Building Temporal's server from its Go module: some minutes, once.");
      // Without the symbols of a debugger: a third less to keep.
      await run('go', ['build', '-ldflags=-s -w', '-o', `${partial}/`, 'tool'], { cwd: MODULE });
    },
    report,
  );
  return { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
}
