import { setTimeout as sleep } from 'node:timers/promises';

import { client, closeAll, development, post, rawReceiver, receiver } from './loopback';

afterEach(closeAll);

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

test.each([
  ['204 with a length', 204, 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n'],
  ['204 with a length and a body', 204, 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok'],
  ['204 in chunks', 204, 'HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['304 with a length', 304, 'HTTP/1.1 304 Not Modified\r\ncontent-length: 900\r\n\r\n'],
])('a %s ends at its head', async (_, status, head) => {
  const url = await rawReceiver((socket) => socket.write(head));
  const egress = client();
  const answer = await egress.request(post(url, { timeoutMs: 2_000 }));
  expect(answer).toMatchObject({ status, body: Buffer.alloc(0), truncated: false });
  // Whatever else the receiver sent is no part of the next answer.
  expect(await egress.request(post(url))).toMatchObject({ status, body: Buffer.alloc(0) });
});

test('a 204 of Node with the length of a body that it leaves out', async () => {
  const { url } = await receiver((_, response) =>
    response.writeHead(204, { 'content-length': '2', 'content-type': 'text/plain' }).end('ok'),
  );
  expect(await client().request(post(url))).toMatchObject({ status: 204 });
});

test.each<[string, Record<string, string>]>([
  ['without a length', {}],
  ['of no length', { 'content-length': '0' }],
])('a connection outlives a 204 %s', async (_, head) => {
  const { url, server } = await receiver((_, response) => response.writeHead(204, head).end());
  let connections = 0;
  server.on('connection', () => (connections += 1));
  const egress = client(development, { connectionsPerOrigin: 1 });
  for (let n = 0; n < 5; n += 1) await egress.request(post(url));
  expect(connections).toBe(1);
});

test('a 204 with the length of a body costs one connection, and no other', async () => {
  const { url, server } = await receiver((_, response) =>
    response.writeHead(204, { 'content-length': '2' }).end(),
  );
  let connections = 0;
  server.on('connection', () => (connections += 1));
  const egress = client();
  for (let n = 0; n < 3; n += 1) {
    await egress.request(post(url));
    await sleep(50);
  }
  expect(connections).toBe(3);
});

test.each([
  ['one', `HTTP/1.1 100 Continue\r\n\r\n${ok}`],
  ['several', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${ok}`],
  [
    'one with a header, after another interim answer',
    `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\nx-a: b\r\n\r\n${ok}`,
  ],
])('a 100 Continue that nobody asked for is skipped: %s', async (_, bytes) => {
  const whole = await rawReceiver((socket) => socket.write(bytes));
  expect(await client().request(post(whole))).toMatchObject({
    status: 200,
    body: Buffer.from('ok'),
  });
  const pieces = await rawReceiver((socket) => {
    void (async () => {
      for (const byte of bytes) {
        socket.write(byte);
        await new Promise(setImmediate);
      }
    })();
  });
  expect(await client().request(post(pieces))).toMatchObject({
    status: 200,
    body: Buffer.from('ok'),
  });
});

test('headers that are folded over several lines are joined', async () => {
  const url = await rawReceiver((socket) =>
    socket.write(
      'HTTP/1.1 503 Busy\r\nx-a: one\r\n  two\r\n\tthree\r\nretry-after:\r\n 7\r\ncontent-length: 4\r\n\r\nx: y',
    ),
  );
  expect(await client().request(post(url))).toMatchObject({
    status: 503,
    headers: { 'x-a': 'one two three', 'retry-after': '7' },
    body: Buffer.from('x: y'),
  });
});

test('a body that looks like a head comes through as it is', async () => {
  const body = 'HTTP/1.1 100 Continue\r\n\r\na: b\r\n c';
  const { url } = await receiver((_, response) => {
    response.write(body.slice(0, 1));
    setImmediate(() => response.end(body.slice(1)));
  });
  const egress = client();
  for (let n = 0; n < 2; n += 1) {
    expect((await egress.request(post(url))).body.toString()).toBe(body);
  }
});
