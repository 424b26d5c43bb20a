import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { client, closeAll, failure, listen, post, receiver } from './loopback';

afterEach(closeAll);

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Lets a connection that was just used become free, so that the next request goes out over it. */
const free = (): Promise<void> => sleep(20);

interface Seen {
  connections: number;
  requests: number;
}

/** Calls `answer` with each request: its number on its connection, from 1, and the connection's. */
async function counting(
  answer: (socket: Socket, request: number, connection: number) => void,
): Promise<{ url: string; seen: Seen }> {
  const seen: Seen = { connections: 0, requests: 0 };
  const server = createServer((socket) => {
    const connection = ++seen.connections;
    let requests = 0;
    socket.on('data', () => {
      seen.requests += 1;
      answer(socket, ++requests, connection);
    });
  });
  return { url: `http://127.0.0.1:${await listen(server)}/`, seen };
}

test.each<[string, (socket: Socket) => void]>([
  ['closes', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
])('a receiver that %s on every second request gets each, at the first try', async (_, end) => {
  const { url, seen } = await counting((socket, request) => {
    if (request === 1) socket.write(ok);
    else end(socket);
  });
  const egress = client();
  for (let n = 0; n < 20; n += 1) {
    expect(await egress.request(post(url))).toMatchObject({ status: 200 });
    await free();
  }
  expect(seen).toEqual({ connections: 20, requests: 30 });
});

test('several kept connections that the receiver closed cost nothing', async () => {
  const sockets: Socket[] = [];
  const { url } = await counting((socket) => {
    sockets.push(socket);
    setTimeout(() => socket.write(ok), 20);
  });
  const egress = client();
  for (let n = 0; n < 3; n += 1) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => egress.request(post(url))));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200));
    sockets.splice(0).forEach((socket) => socket.end());
  }
});

test('the request goes out again once, within its deadline', async () => {
  const dying = await counting((socket, request, connection) => {
    if (request === 1 && connection === 1) socket.write(ok);
    else socket.end();
  });
  const egress = client();
  await egress.request(post(dying.url));
  await free();
  const error = await failure(egress.request(post(dying.url)));
  expect(error.code).toBe('connection_reset');
  expect(dying.seen).toEqual({ connections: 2, requests: 3 });

  const hanging = await counting((socket, request, connection) => {
    if (connection > 1) return;
    if (request === 1) socket.write(ok);
    else socket.end();
  });
  await egress.request(post(hanging.url));
  await free();
  const startedAt = Date.now();
  const late = await failure(egress.request(post(hanging.url, { timeoutMs: 400 })));
  expect(late.code).toBe('timeout');
  expect(Date.now() - startedAt).toBeLessThan(2_000);
});

test('a new connection that ends before its answer is a failure', async () => {
  const { url, seen } = await counting((socket) => socket.end());
  expect(await failure(client().request(post(url)))).toMatchObject({ code: 'connection_reset' });
  expect(seen.requests).toBe(1);
});

test('a kept connection that ends within the answer is a failure', async () => {
  const { url, seen } = await counting((socket, request) => {
    if (request === 1) socket.write(ok);
    else socket.end('HTTP/1.1 2');
  });
  const egress = client();
  await egress.request(post(url));
  await free();
  expect(await failure(egress.request(post(url)))).toMatchObject({ code: 'connection_reset' });
  expect(seen).toEqual({ connections: 1, requests: 2 });
});

test('an idle connection is given up before receivers give it up, unless they announce more', async () => {
  const connectionsOf = async (head: Record<string, string>): Promise<number> => {
    const { url, server } = await receiver((_, response) => response.writeHead(200, head).end());
    server.keepAliveTimeout = 60_000;
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const egress = client();
    await egress.request(post(url));
    await sleep(1_900);
    await egress.request(post(url));
    return connections;
  };
  const [silent, announcing] = await Promise.all([
    connectionsOf({ connection: 'keep-alive' }),
    connectionsOf({ connection: 'keep-alive', 'keep-alive': 'timeout=30' }),
  ]);
  expect(silent).toBe(2);
  expect(announcing).toBe(1);
});

test('close lets a request go on over a new connection', async () => {
  const { url } = await counting((socket, request, connection) => {
    if (connection > 1) setTimeout(() => socket.write(ok), 100);
    else if (request === 1) socket.write(ok);
    else setTimeout(() => socket.end(), 100);
  });
  const egress = client();
  await egress.request(post(url));
  await free();
  const underWay = egress.request(post(url));
  await sleep(20);
  const closed = egress.close();
  expect(await underWay).toMatchObject({ status: 200 });
  await closed;
});
