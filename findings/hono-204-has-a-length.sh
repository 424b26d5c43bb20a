#!/usr/bin/env bash
# A Hono handler that answers `c.text('ok', 204)` sends `Content-Length: 2` and no body. RFC 9110, 8.6,
# forbids a server to send that; RFC 9112, 6.3, has a client end a 204 at its headers whatever it says.
# fetch and curl do; undici's request is an error once its body is read.
#
# Versions: hono 4.13.19 with @hono/node-server 2.1.9, undici 7.30.2, Node 20.20.2's fetch, any curl.
# Seen:     headers as above; fetch: 204 and an empty body; curl: 204, exit 0; undici: status 204, then an
#           error in place of the empty body, and the connection is gone.
# So:       a webhook sender on undici has to settle a 204 when its headers have come, or take a
#           receiver that has done all right for one that has failed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hono@4.13.19 @hono/node-server@2.1.9 undici@7.30.2 > /dev/null

cat > meet.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { request } from 'undici';

if (isMainThread) {
  const receiver = new Worker(new URL(import.meta.url));
  const port = await new Promise((resolve) => receiver.once('message', resolve));
  const url = `http://127.0.0.1:${port}/hook`;
  const post = { method: 'POST', body: '{}' };

  const fetched = await fetch(url, post);
  const text = await fetched.text();
  console.log(`fetch: ${fetched.status}, length ${fetched.headers.get('content-length')}, "${text}"`);
  const status = execFileSync('curl', ['-s', '-d', '{}', '-o', '/dev/null', '-w', '%{http_code}', url]);
  console.log(`curl: ${status}`);
  const { statusCode, body } = await request(url, post);
  const end = await body.text().then((read) => `"${read}"`, (error) => error instanceof Error ? "an error" : error);
  console.log(`undici: ${statusCode}, ${end}`);
  process.exit();
} else {
  const app = new Hono();
  app.post('/hook', (c) => c.text('ok', 204));
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => parentPort.postMessage(port));
}
JS
seen=$(node meet.mjs)
echo "$seen"
[ "$seen" = 'fetch: 204, length 2, ""
curl: 204
undici: 204, an error' ] || { echo 'changed' >&2; exit 1; }
