#!/usr/bin/env bash
# Caddy 2.6.2, which Debian 12 has, answers a POST with 502 where the server that it asks first refuses the
# connection, though lb_try_duration has it try the next one, and that one is up: the attempt that never got
# to send anything has closed the request's body (`invalid Read on closed Body`). A GET is answered by the
# second. 2.11.9 answers both.
#
# Versions: caddy 2.6.2-5 of Debian 12, github.com/caddyserver/caddy/v2 2.11.9 of the Go proxy (Go 1.26).
# Seen:     20 of each over two servers, of which the first is down: 2.6.2 GET 20 x 200, POST 19 or 20 x 502;
#           2.11.9 GET and POST 20 x 200.
# So:       with it, have health checks find a server that is going to stop before it does.
# Debian 12, or another that has this package; some minutes, in which Caddy is built.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq caddy=2.6.2-5 2> /dev/null
dpkg --extract caddy_*.deb debian
GOPATH=$folder/go go install github.com/caddyserver/caddy/v2/cmd/caddy@v2.11.9 2> /dev/null

cat > meet.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const listen = async (server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
};
const free = async () => {
  const probe = createServer();
  const port = await listen(probe);
  probe.close();
  await once(probe, 'close');
  return port;
};
const echo = createServer((from, to) => from.pipe(to));
const up = await listen(echo);
const down = await free();
const ask = (port, method) =>
  new Promise((resolve) => {
    const question = request({ host: '127.0.0.1', port, method, agent: false }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode));
    });
    question.once('error', (error) => resolve(error.code));
    question.end(method === 'POST' ? 'an event' : undefined);
  });

async function answersOf(program) {
  const port = await free();
  writeFileSync(
    'Caddyfile',
    `{\nadmin off\n}\nhttp://127.0.0.1:${port} {\nreverse_proxy 127.0.0.1:${down} 127.0.0.1:${up} {\nlb_policy round_robin\nlb_try_duration 5s\n}\n}\n`,
  );
  const home = { HOME: process.cwd(), XDG_DATA_HOME: process.cwd(), XDG_CONFIG_HOME: process.cwd() };
  const caddy = spawn(program, ['run', '--adapter', 'caddyfile', '--config', 'Caddyfile'], {
    stdio: 'ignore',
    env: { ...process.env, ...home },
  });
  while ((await ask(port, 'GET')) !== 200) await sleep(100);
  const told = {};
  for (const method of ['GET', 'POST']) {
    const counts = {};
    for (let n = 0; n < 20; n += 1) {
      const status = await ask(port, method);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    told[method] = counts;
  }
  caddy.kill();
  await once(caddy, 'exit');
  return told;
}

const [old, current] = [await answersOf('debian/usr/bin/caddy'), await answersOf('go/bin/caddy')];
console.log('2.6.2 ', JSON.stringify(old));
console.log('2.11.9', JSON.stringify(current));
echo.close();
const asSeen = old.GET[200] === 20 && old.POST[502] >= 10 && current.GET[200] === 20 && current.POST[200] === 20;
process.exit(asSeen ? 0 : 1);
JS
node meet.mjs
