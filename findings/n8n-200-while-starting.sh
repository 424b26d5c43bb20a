#!/usr/bin/env bash
# n8n listens before its database is migrated, and until it is it answers every request, a webhook's too, with
# 200 and the text "n8n is starting up. Please wait", while its own /healthz/readiness says 503. Nothing is kept:
# once it is ready, it has run nothing for those requests.
#
# Versions: n8n 2.41.1 on Node.js 24.21.0, SQLite.
# Seen:     a first start: 200 for 2.2 s while readiness says 503, then 404 until webhooks are there. Later starts,
#           with nothing to migrate: the same for 40 to 90 ms.
# So:       to a sender for which a 2xx is a delivery, what comes in this window is lost. It has to know the text,
#           or n8n has to be behind a proxy that goes by its readiness.
# Takes some five minutes and 3 GB, and needs a C++ compiler and Python 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform=$(node -p '`node-${process.platform}-${process.arch}@24.21.0`')
quiet=(--silent --ignore-scripts --no-audit --no-fund)
npm install "${quiet[@]}" "$platform" > /dev/null
node=$(echo "$folder"/node_modules/node-*/bin/node)
export PATH="$(dirname "$node"):$PATH" npm_config_nodedir="${node%/bin/node}"
npm install "${quiet[@]}" n8n@2.41.1 > /dev/null
npm rebuild sqlite3 > /dev/null

cat > meet.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const port = await new Promise((resolve) => {
  const free = createServer().listen(0, '127.0.0.1', () => {
    const { port } = free.address();
    free.close(() => resolve(port));
  });
});
const url = `http://127.0.0.1:${port}`;
const n8n = spawn(process.execPath, ['node_modules/n8n/bin/n8n', 'start'], {
  env: {
    ...process.env,
    N8N_USER_FOLDER: process.cwd(),
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_RUNNERS_BROKER_PORT: '0',
    N8N_DIAGNOSTICS_ENABLED: 'false',
  },
  stdio: 'ignore',
});
const ask = (path, init) =>
  fetch(url + path, init).then(async (answer) => ({ status: answer.status, text: await answer.text() }), () => undefined);

const seen = [];
const givesUpAt = Date.now() + 120_000;
for (let ready = false; !ready && Date.now() < givesUpAt; await sleep(10)) {
  const readiness = await ask('/healthz/readiness');
  const webhook = await ask('/webhook/orders', { method: 'POST', body: '{}' });
  if (readiness === undefined || webhook === undefined) continue;
  ready = readiness.status === 200;
  const says = webhook.status === 200 ? `200, "${webhook.text}"` : String(webhook.status);
  const line = `readiness ${readiness.status}, POST to a webhook ${says}`;
  if (!seen.includes(line)) seen.push(line);
}
n8n.kill();
console.log(seen.join('\n'));
JS
seen=$("$node" meet.mjs)
echo "$seen"
[[ $seen == *'readiness 503, POST to a webhook 200, "n8n is starting up. Please wait"'* ]] || { echo 'changed' >&2; exit 1; }
