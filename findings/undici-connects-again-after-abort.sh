#!/usr/bin/env bash
# undici opens a second connection, and sends nothing over it, when a request is aborted that was
# waiting for its answer.
#
# Versions: undici 7.30.2 on Node 20.20.2.
# Input:    one POST to a server that takes connections and does not answer, with a signal that
#           aborts it after 200 ms; no other request.
# Seen:     two connections at the server: the request's, which is closed, and another one, which
#           stays open and idle for the keep-alive time.
# So:       a receiver that hangs sees two connections for each attempt that times out. A limit on
#           connections, or a count of them, has to reckon with that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund undici@7.30.2 > /dev/null

cat > count.cjs <<'JS'
const { createServer } = require('node:net');
const { Agent, request } = require('undici');
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.on('error', () => undefined).resume();
});
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const signal = AbortSignal.timeout(200);
  const outcome = await request(url, { method: 'POST', body: '{}', signal, dispatcher: new Agent() })
    .then(() => 'answered', (error) => error.name);
  setTimeout(() => {
    process.stdout.write(`${outcome}, ${connections} connections`);
    process.exit();
  }, 500);
});
JS
seen=$(node count.cjs)
echo "undici 7.30.2: $seen"
[ "$seen" = 'TimeoutError, 2 connections' ] || { echo 'changed: it was "TimeoutError, 2 connections"' >&2; exit 1; }
