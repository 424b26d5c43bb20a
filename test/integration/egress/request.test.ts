import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

import { client, closeAll, development, failure, post, rawReceiver, receiver } from './loopback';

afterEach(closeAll);

async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('the receiver gets method, path, headers and the exact bytes, and nothing of our own', async () => {
  let seen: unknown;
  const { url } = await receiver((request, response) => {
    void read(request).then((body) => {
      const { method, url: path, rawHeaders } = request;
      seen = { method, path, rawHeaders, body };
      response.writeHead(201, { 'X-Answer': 'yes', 'Set-Cookie': ['a=1', 'b=2'] }).end('created');
    });
  });
  const bytes = new Uint8Array(Buffer.from('..{"n":"é"}..')).subarray(2, 12);
  const egress = client();
  const request = post(`${url}hook?key=1#part`, { body: bytes, headers: { 'X-Mixed-Case': 'a' } });
  const answer = await egress.request(request);

  expect(seen).toEqual({
    method: 'POST',
    path: '/hook?key=1',
    rawHeaders: [
      ...['host', new URL(url).host],
      ...['connection', 'keep-alive'],
      ...['X-Mixed-Case', 'a'],
      ...['content-length', '10'],
    ],
    body: '{"n":"é"}',
  });
  expect(answer).toMatchObject({ status: 201, body: Buffer.from('created'), truncated: false });
  expect(answer.headers).toMatchObject({ 'x-answer': 'yes', 'set-cookie': 'a=1, b=2' });
  expect(answer.durationMs).toBeGreaterThanOrEqual(0);

  // No cookies are kept.
  await egress.request(request);
  expect(JSON.stringify(seen)).not.toMatch(/cookie/i);
});

test.each([200, 204, 304, 400, 404, 410, 429, 500, 503])('%i is an answer', async (status) => {
  const { url } = await receiver((_, response) => response.writeHead(status).end());
  expect(await client().request(post(url))).toMatchObject({ status, truncated: false });
});

test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
  const paths: (string | undefined)[] = [];
  const { url } = await receiver((request, response) => {
    paths.push(request.url);
    response.writeHead(status, { location: '/private' }).end('moved');
  });
  const answer = await client().request(post(`${url}hook`));
  expect(answer).toMatchObject({ status, headers: { location: '/private' } });
  expect(paths).toEqual(['/hook']);
});

test('a HEAD answer has the length of a body, and no body', async () => {
  const { url } = await receiver((_, response) =>
    response.writeHead(200, { 'content-length': '5000000', 'content-encoding': 'gzip' }).end(),
  );
  const answer = await client().request({ method: 'HEAD', url, headers: {}, timeoutMs: 5_000 });
  expect(answer).toMatchObject({ status: 200, body: Buffer.alloc(0), truncated: false });
});

test('informational answers are passed over', async () => {
  const url = await rawReceiver((socket) =>
    socket.end(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    ),
  );
  expect(await client().request(post(url))).toMatchObject({ status: 200, body: Buffer.from('ok') });
});

test('an answer in many small pieces is put together', async () => {
  const text =
    'HTTP/1.1 200 OK\r\nx-a: 1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n';
  const url = await rawReceiver((socket) => {
    void (async () => {
      for (const byte of text) {
        socket.write(byte);
        await new Promise(setImmediate);
      }
    })();
  });
  const answer = await client().request(post(url));
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'x-a': '1' },
    body: Buffer.from('hello!'),
  });
});

test('connections are kept alive and bounded for an origin', async () => {
  let open = 0;
  let most = 0;
  const { url, server } = await receiver((_, response) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open -= 1;
      response.end();
    }, 5);
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  const egress = client(development, { connectionsPerOrigin: 3 });
  await Promise.all(Array.from({ length: 12 }, () => egress.request(post(url))));
  expect(most).toBe(3);
  expect(connections).toBe(3);
});

test('proxy settings of the environment are ignored', async () => {
  const { url } = await receiver((_, response) => response.end());
  const before = { ...process.env };
  try {
    for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy']) {
      process.env[name] = 'http://127.0.0.1:1';
    }
    expect(await client().request(post(url))).toMatchObject({ status: 200 });
  } finally {
    process.env = before;
  }
});

test('localhost needs no name server', async () => {
  const { url } = await receiver((_, response) => response.end());
  const named = url.replace('127.0.0.1', 'localhost');
  expect(await client().request(post(named))).toMatchObject({ status: 200 });
});

test.each<[string, Partial<Parameters<typeof post>[1] & object>]>([
  ['value', { headers: { 'x-a': 'b\r\nx-c: d' } }],
  ['name', { headers: { 'x a': 'b' } }],
  ['host', { headers: { host: 'other.example' } }],
])('a header with an invalid %s fails before anything is sent', async (_, more) => {
  let requests = 0;
  const { url } = await receiver((_request, response) => {
    requests += 1;
    response.end();
  });
  const error = await failure(client().request(post(url, more)));
  expect(error).toMatchObject({ code: 'invalid_header', stage: 'before' });
  expect(requests).toBe(0);
});

test.each([{ timeoutMs: 0 }, { timeoutMs: NaN }, { timeoutMs: 2 ** 31 }, { maxAnswerBytes: -1 }])(
  '%j is out of range',
  async (more) => {
    await expect(client().request(post('http://127.0.0.1:1/', more))).rejects.toThrow(RangeError);
  },
);

test('a request is given up when its signal says so, before and during', async () => {
  let requests = 0;
  const { url, server } = await receiver(() => (requests += 1));
  const early = await failure(client().request(post(url, { signal: AbortSignal.abort() })));
  expect(early.code).toBe('aborted');
  expect(requests).toBe(0);

  const controller = new AbortController();
  const late = failure(client().request(post(url, { signal: controller.signal })));
  await once(server, 'request');
  controller.abort();
  expect((await late).code).toBe('aborted');
  expect(requests).toBe(1);
});

test('close waits for requests under way and refuses new ones', async () => {
  const { url, server } = await receiver((_, response) => {
    setTimeout(() => response.end('done'), 50);
  });
  const egress = client();
  const underWay = egress.request(post(url));
  await once(server, 'request');
  const closed = egress.close();
  expect(await failure(egress.request(post(url)))).toMatchObject({ code: 'client_closed' });
  expect(await underWay).toMatchObject({ status: 200, body: Buffer.from('done') });
  await closed;
  await egress.close();
});
