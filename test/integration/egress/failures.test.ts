import { createServer as createTcpServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

import type { Lookup } from '@careerhooks/egress';

import {
  client,
  closeAll,
  development,
  failure,
  listen,
  post,
  rawReceiver,
  receiver,
} from './loopback';

afterEach(closeAll);

const secretPath = 'secret/path?token=secret';

function trickle(socket: Socket, piece: string | Buffer): void {
  const timer = setInterval(() => socket.write(piece), 10);
  socket.on('close', () => clearInterval(timer));
}

test.each<[string, string, number | undefined, (socket: Socket) => void]>([
  ['no answer', 'timeout', undefined, () => undefined],
  [
    'headers that trickle',
    'timeout',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-a: ');
      trickle(socket, 'a');
    },
  ],
  [
    'informational answers without end',
    'timeout',
    undefined,
    (socket) => {
      trickle(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n');
    },
  ],
  [
    'a body that stalls',
    'timeout',
    200,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc');
    },
  ],
  [
    'a body that trickles',
    'timeout',
    200,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      trickle(socket, '1\r\na\r\n');
    },
  ],
  [
    'a compressed body that yields nothing',
    'timeout',
    200,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
      // The header of a gzip member with a file name that never ends.
      socket.write(Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]));
      trickle(socket, 'a');
    },
  ],
  [
    'a reset before the answer',
    'connection_reset',
    undefined,
    (socket) => socket.resetAndDestroy(),
  ],
  ['a close before the answer', 'connection_reset', undefined, (socket) => socket.end()],
  [
    'a close within the headers',
    'connection_reset',
    undefined,
    (socket) => {
      socket.end('HTTP/1.1 200 OK\r\nx-a: secret');
    },
  ],
  [
    'a reset within the body',
    'connection_reset',
    200,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nsecret', () => {
        setTimeout(() => socket.resetAndDestroy(), 20);
      });
    },
  ],
  [
    'a close within the body',
    'connection_reset',
    200,
    (socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nsecret');
    },
  ],
  [
    'a close within the body that said so',
    'connection_reset',
    200,
    (socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\nconnection: close\r\n\r\nsecret');
    },
  ],
  [
    'a close before the last chunk',
    'connection_reset',
    200,
    (socket) => {
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nsecret\r\n');
    },
  ],
  [
    'a close before the last chunk, that said so',
    'connection_reset',
    200,
    (socket) => {
      socket.end(
        'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n6\r\nsecret\r\n',
      );
    },
  ],
  [
    'a greeting that is not HTTP',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('220 secret.example ESMTP\r\n');
    },
  ],
  ['HTTP/0.9', 'bad_answer', undefined, (socket) => socket.end('<html>secret</html>')],
  [
    'lines that end in LF alone',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\nx-a: secret\n\nok');
    },
  ],
  [
    'a head that ends in LF alone',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\nok');
    },
  ],
  [
    'a status that is no number',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 2x0 secret\r\nx-a');
    },
  ],
  [
    'a header without a colon',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nsecret header\r\nx-a');
    },
  ],
  [
    'HTTP/2 bytes',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
    },
  ],
  [
    'a broken chunk',
    'bad_answer',
    200,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsecret\r\n');
    },
  ],
  [
    'two lengths',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab');
    },
  ],
  [
    'headers without measure',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-a: ${'secret'.repeat(20_000)}`);
    },
  ],
  [
    'an upgrade that nobody asked for',
    'bad_answer',
    undefined,
    (socket) => {
      socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    },
  ],
])('%s: %s', async (_, code, status, answer) => {
  const url = await rawReceiver(answer);
  const timeoutMs = code === 'timeout' ? 250 : 5_000;
  const error = await failure(client().request(post(`${url}${secretPath}`, { timeoutMs })));
  expect(error).toMatchObject({ code, stage: 'during' });
  expect(error.answer?.status).toBe(status);
  expect(error.cause).toBeUndefined();
  expect(error.message).toContain(`(${new URL(url).host})`);
  expect(JSON.stringify([error.message, error.stack, Object.entries(error)])).not.toMatch(/secret/);
});

test('what was read of an answer that did not end is there, and in no log', async () => {
  const url = await rawReceiver((socket) => {
    socket.end('HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 50\r\n\r\nsecret');
  });
  const error = await failure(client().request(post(url)));
  expect(error.answer).toMatchObject({
    status: 503,
    headers: { 'retry-after': '7' },
    body: Buffer.from('secret'),
  });
  expect(inspect(error, { depth: 9, showHidden: false })).not.toMatch(/secret/);
});

test('what was read of a compressed answer is decompressed', async () => {
  const text = 'no room '.repeat(10_000);
  const packed = gzipSync(text, { level: 0 });
  const url = await rawReceiver((socket) => {
    socket.write(
      `HTTP/1.1 500 Oh\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`,
    );
    socket.write(packed.subarray(0, packed.length / 2));
  });
  const error = await failure(client().request(post(url, { timeoutMs: 500 })));
  expect(error.code).toBe('timeout');
  expect(text.startsWith(error.answer?.body.toString() ?? '-')).toBe(true);
});

test('a refused connection', async () => {
  const server = createTcpServer();
  const port = await listen(server);
  await closeAll();
  const error = await failure(client().request(post(`http://127.0.0.1:${port}/${secretPath}`)));
  expect(error).toMatchObject({
    code: 'connection_refused',
    stage: 'before',
    message: `The connection was refused (127.0.0.1:${port}): ECONNREFUSED.`,
  });
});

test('a connection refused by every address of a name', async () => {
  const server = createTcpServer();
  const port = await listen(server);
  await closeAll();
  const lookup: Lookup = () => Promise.resolve(['127.0.0.1', '127.0.0.2']);
  const error = await failure(
    client(development, { lookup }).request(post(`http://receiver.test:${port}/`)),
  );
  expect(error.code).toBe('connection_refused');
});

test('the deadline covers a name server that never answers', async () => {
  const lookup: Lookup = () => new Promise(() => undefined);
  const egress = client(development, { lookup, connectTimeoutMs: 600 });
  const url = `http://receiver.test/${secretPath}`;
  const error = await failure(egress.request(post(url, { timeoutMs: 50 })));
  expect(error).toMatchObject({ code: 'timeout', answer: undefined });
  expect(error.message).not.toMatch(/secret/);

  // With time left, the limit for connecting is named as the cause.
  expect(await failure(egress.request(post(url)))).toMatchObject({ code: 'connect_timeout' });
});

test('the deadline covers TLS', async () => {
  const port = await listen(createTcpServer());
  const error = await failure(
    client(development, { connectTimeoutMs: 600 }).request(
      post(`https://127.0.0.1:${port}/`, { timeoutMs: 50 }),
    ),
  );
  expect(error.code).toBe('timeout');
});

test('the deadline covers sending to a receiver that does not read', async () => {
  const port = await listen(createTcpServer((socket) => socket.pause()));
  const body = Buffer.alloc(32 * 1024 * 1024);
  const error = await failure(
    client().request(post(`http://127.0.0.1:${port}/`, { timeoutMs: 200, body })),
  );
  expect(error.code).toBe('timeout');
});

test('a request that waited past its deadline for a connection is never sent', async () => {
  const paths: (string | undefined)[] = [];
  const { url } = await receiver((request, response) => {
    paths.push(request.url);
    setTimeout(() => response.end(), request.url === '/slow' ? 300 : 0);
  });
  const egress = client(development, { connectionsPerOrigin: 1 });
  const slow = egress.request(post(`${url}slow`));
  const waiting = await failure(egress.request(post(`${url}waiting`, { timeoutMs: 50 })));
  expect(waiting.code).toBe('timeout');
  expect(await slow).toMatchObject({ status: 200 });
  expect(await egress.request(post(`${url}next`))).toMatchObject({ status: 200 });
  expect(paths).toEqual(['/slow', '/next']);
});

test('a failing origin does not disturb another, nor its own next request', async () => {
  let broken = true;
  const failing = await rawReceiver((socket) => {
    if (broken) socket.resetAndDestroy();
    else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  const { url } = await receiver((_, response) => response.end(gzipSync('x')));
  const egress = client();
  const outcomes = await Promise.all([
    ...Array.from({ length: 5 }, () => failure(egress.request(post(failing)))),
    ...Array.from({ length: 5 }, () => egress.request(post(url))),
  ]);
  expect(outcomes.slice(0, 5)).toEqual(
    Array(5).fill(expect.objectContaining({ code: 'connection_reset' })),
  );
  expect(outcomes.slice(5)).toEqual(Array(5).fill(expect.objectContaining({ status: 200 })));
  broken = false;
  expect(await egress.request(post(failing))).toMatchObject({ status: 200 });
});
