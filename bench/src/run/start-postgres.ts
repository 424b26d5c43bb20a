import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const SERVER = resolve(__dirname, '../../../test/support/postgres-server.mjs');

/** The tests' own PostgreSQL, which syncs nothing to disk; it ends with `stop`, or with us. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(server, 'exit');
  const url = await Promise.race([
    once(server.stdout, 'data').then(([text]) => String(text).trim()),
    exit.then(() => undefined),
  ]);
  if (url === undefined) throw new Error('PostgreSQL did not start.');
  return {
    url,
    async stop() {
      server.stdin.end();
      await exit;
    },
  };
}
