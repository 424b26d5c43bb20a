import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { EgressPolicy, Lookup } from '@careerhooks/egress';

import { client, closeAll, failure, guarded, listen, post } from './loopback';

const production: EgressPolicy = { ...guarded, httpsOnly: true };
const lookup: Lookup = () => Promise.resolve(['127.0.0.1']);

let key = '';
let cert = '';

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'careerhooks-egress-'));
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', 'key.pem', '-out', 'cert.pem', '-days', '2', '-subj', '/CN=receiver.test'],
        ...['-addext', 'subjectAltName=DNS:receiver.test,IP:127.0.0.1'],
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    key = readFileSync(join(folder, 'key.pem'), 'utf8');
    cert = readFileSync(join(folder, 'cert.pem'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

afterEach(closeAll);

async function secureReceiver() {
  const requests: (string | undefined)[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    requests.push(request.headers.host);
    response.end('sealed');
  });
  return { port: await listen(server), requests };
}

test.each(['receiver.test', '127.0.0.1'])(
  'https to %s, whose certificate is trusted and names it',
  async (host) => {
    const { port, requests } = await secureReceiver();
    const answer = await client(production, { lookup, ca: cert }).request(
      post(`https://${host}:${port}/`),
    );
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('sealed') });
    expect(requests).toEqual([`${host}:${port}`]);
  },
);

test('a certificate that is not trusted', async () => {
  const { port, requests } = await secureReceiver();
  const error = await failure(
    client(production, { lookup }).request(post(`https://receiver.test:${port}/secret?secret`)),
  );
  expect(error).toMatchObject({
    code: 'tls_failed',
    stage: 'before',
    message: `TLS could not be agreed on, or its certificate trusted (receiver.test:${port}): DEPTH_ZERO_SELF_SIGNED_CERT.`,
  });
  expect(requests).toEqual([]);
});

test('a trusted certificate that names another host', async () => {
  const { port, requests } = await secureReceiver();
  const error = await failure(
    client(production, { lookup, ca: cert }).request(post(`https://other.test:${port}/`)),
  );
  expect(error).toMatchObject({ code: 'tls_failed', stage: 'before' });
  expect(requests).toEqual([]);
});

test('a receiver that does not speak TLS', async () => {
  const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n')));
  const error = await failure(
    client(production, { lookup }).request(post(`https://receiver.test:${port}/`)),
  );
  expect(error).toMatchObject({ code: 'tls_failed', stage: 'before' });
});

test('a kept TLS connection that the receiver just closed costs nothing', async () => {
  const used = new Set<unknown>();
  const port = await listen(
    createServer({ key, cert }, (request, response) => {
      const { socket } = request;
      if (used.has(socket)) socket.destroy();
      else response.end('sealed');
      used.add(socket);
    }),
  );
  const egress = client(production, { lookup, ca: cert });
  for (let n = 0; n < 6; n += 1) {
    const answer = await egress.request(post(`https://receiver.test:${port}/`));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('sealed') });
    await sleep(20);
  }
});
