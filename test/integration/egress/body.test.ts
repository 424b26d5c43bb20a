import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { client, closeAll, post, rawReceiver, receiver } from './loopback';

afterEach(closeAll);

const limit = 64 * 1024;

async function answerTo(
  answer: (response: ServerResponse) => void,
  more?: { maxAnswerBytes?: number; timeoutMs?: number },
) {
  const { url } = await receiver((_, response) => answer(response));
  return client().request(post(url, more));
}

const text = Buffer.from('An answer, in some words. '.repeat(200));

test.each<[string, Buffer]>([
  ['gzip', gzipSync(text)],
  ['GZIP', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['gzip', Buffer.concat([gzipSync(text.subarray(0, 99)), gzipSync(text.subarray(99))])],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['identity', text],
])('%s is decoded (%#)', async (encoding, bytes) => {
  const answer = await answerTo((response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
  );
  expect(answer).toMatchObject({ status: 200, truncated: false });
  expect(answer.body.equals(text)).toBe(true);
});

test.each(['compress', 'gzip, gzip', 'constructor', '__proto__'])(
  'a body in the unknown encoding %s is kept as it came',
  async (encoding) => {
    const bytes = gzipSync(text);
    const answer = await answerTo((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(answer.body.equals(bytes)).toBe(true);
    expect(answer.truncated).toBe(false);
  },
);

test.each([204, 200])('%i without a body, said to be gzip', async (status) => {
  const answer = await answerTo((response) =>
    response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
  );
  expect(answer).toMatchObject({ status, body: Buffer.alloc(0), truncated: false });
});

test('what was decoded of a damaged body is kept, and the status counts', async () => {
  const noise = randomBytes(30_000);
  const broken = gzipSync(noise);
  broken.fill(0xff, 20_000);
  const answer = await answerTo((response) =>
    response.writeHead(202, { 'content-encoding': 'gzip' }).end(broken),
  );
  expect(answer).toMatchObject({ status: 202, truncated: true });
  expect(noise.subarray(0, answer.body.length).equals(answer.body)).toBe(true);
});

test.each([
  ['gzip', 'not gzip at all'],
  ['deflate', 'x'],
  ['br', 'not brotli'],
])('a body that is not %s is empty, and the status counts', async (encoding, body) => {
  const answer = await answerTo((response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(body),
  );
  expect(answer).toMatchObject({ status: 200, truncated: true, body: Buffer.alloc(0) });
});

test('a compressed body that breaks off keeps its beginning', async () => {
  const answer = await answerTo((response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text).subarray(0, -12)),
  );
  expect(answer).toMatchObject({ status: 200, truncated: true });
  expect(text.subarray(0, answer.body.length).equals(answer.body)).toBe(true);
});

test.each([
  // [bytes sent, limit, kept, truncated]
  [limit - 1, undefined, limit - 1, false],
  [limit, undefined, limit, false],
  [limit + 1, undefined, limit, true],
  [10, 9, 9, true],
  [10, 10, 10, false],
  [10, 0, 0, true],
  [0, 0, 0, false],
])('%j bytes with the limit %j: %j kept, truncated %j', async (sent, max, kept, truncated) => {
  const bytes = Buffer.alloc(sent, 'x');
  const more = max === undefined ? {} : { maxAnswerBytes: max };
  const answer = await answerTo((response) => {
    response.writeHead(200, { 'content-length': String(sent) }).end(bytes);
  }, more);
  expect(answer.body.equals(bytes.subarray(0, kept))).toBe(true);
  expect(answer.truncated).toBe(truncated);
});

/** Runs the request and returns the most memory in buffers that it added at any moment. */
async function watchingMemory<T>(request: () => Promise<T>): Promise<{ result: T; grown: number }> {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }, 1);
  try {
    const result = await request();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
    return { result, grown: most - before };
  } finally {
    clearInterval(watch);
  }
}

const zeros = Buffer.alloc(32 * 1024 * 1024);
const gzipMember = gzipSync(zeros);

test.each<[string, Buffer]>([
  ['gzip', Buffer.concat(Array<Buffer>(32).fill(gzipMember))], // 1 MiB, which unfolds to 1 GiB
  ['deflate', deflateSync(zeros)],
  ['br', brotliCompressSync(zeros)],
])('a %s bomb costs bounded memory', async (encoding, bomb) => {
  const { url } = await receiver((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
  });
  const { result, grown } = await watchingMemory(() => client().request(post(url)));
  expect(result).toMatchObject({ status: 200, truncated: true });
  expect(result.body.equals(Buffer.alloc(limit))).toBe(true);
  expect(grown).toBeLessThan(8 * 1024 * 1024);
});

test('a declared length of 2 GiB is neither allocated nor waited for', async () => {
  let closed: Promise<unknown> | undefined;
  const url = await rawReceiver((socket) => {
    closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 ** 31}\r\n\r\n`);
    // Exactly the limit, and then silence.
    socket.write(Buffer.alloc(limit, 'x'));
  });
  const { result, grown } = await watchingMemory(() => client().request(post(url)));
  expect(result).toMatchObject({ status: 200, truncated: true });
  expect(result.body.length).toBe(limit);
  expect(result.durationMs).toBeLessThan(4_000);
  expect(grown).toBeLessThan(8 * 1024 * 1024);
  await closed;
});

test('an endless body is cut at the limit, and its connection destroyed', async () => {
  let closed: Promise<unknown> | undefined;
  let sent = 0;
  const { url } = await receiver((_, response) => {
    closed = new Promise((resolve) => response.on('close', resolve));
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384, 'x'))) sent += 16_384;
    };
    response.on('drain', pour);
    pour();
  });
  const egress = client();
  expect(await egress.request(post(url))).toMatchObject({ status: 200, truncated: true });
  await closed;
  // What had filled the sockets' buffers, and no more.
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test('after a truncated answer the next request has a connection of its own', async () => {
  let requests = 0;
  const { url } = await receiver((_, response) => {
    requests += 1;
    response.end(requests === 1 ? Buffer.alloc(limit * 4, 'x') : 'second');
  });
  const egress = client();
  expect(await egress.request(post(url))).toMatchObject({ truncated: true });
  expect(await egress.request(post(url))).toMatchObject({ body: Buffer.from('second') });
});
