import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example } from '../../support/journey';
import { exchange, type RawAnswer, request } from './raw-request';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const GET = ['GET /v1/systems HTTP/1.1', 'Host: localhost', 'Connection: close'];

/** Expects a problem of the native API. */
function expectProblem(answer: RawAnswer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers).toContain('content-type: application/problem+json');
  expect(answer.headers).toContain('cache-control: no-store');
  expect(JSON.parse(answer.body)).toMatchObject({ status, code, type: `/docs/errors#${code}` });
}

describe('headers', () => {
  test('may be as many and as large as anybody needs', async () => {
    const some = Array.from({ length: 90 }, (_, index) => `X-Header-${index}: ${'v'.repeat(100)}`);
    const answer = await exchange(careerHooks.url, request(...GET, ...some));
    expect(answer.status).toBe(401);
  });

  test('more than 100 are refused, and none is dropped unseen', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `X-${index}: v`);
    const answer = await exchange(careerHooks.url, request(...GET, ...many));
    expectProblem(answer, 431, 'headers_too_large');
    expect(answer.headers).toContain('x-content-type-options: nosniff');
    const thousands = Array.from({ length: 2500 }, () => 'a: ');
    const last = await exchange(
      careerHooks.url,
      request(...GET, ...thousands, `Authorization: Bearer ${careerHooks.token}`),
    );
    expectProblem(last, 431, 'headers_too_large');
  });

  test('more than 16 KiB are refused', async () => {
    const answer = await exchange(
      careerHooks.url,
      request(...GET, `X-Large: ${'v'.repeat(17_000)}`),
    );
    expectProblem(answer, 431, 'headers_too_large');
  });
});

describe('what is not HTTP', () => {
  test.each([
    ['no request line', 'hello\r\n\r\n'],
    ['a header without a colon', request('GET / HTTP/1.1', 'Host: localhost', 'nonsense')],
    [
      'two lengths',
      request('POST /v1/events HTTP/1.1', 'Host: h', 'Content-Length: 1', 'Content-Length: 2'),
    ],
    [
      'a length and chunks at once',
      request(
        'POST /v1/events HTTP/1.1',
        'Host: h',
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
      ),
    ],
    ['a space before the colon', request('GET / HTTP/1.1', 'Host : localhost')],
  ])('%s is answered 400', async (_, bytes) => {
    expectProblem(await exchange(careerHooks.url, bytes), 400, 'malformed_request');
  });

  test('and nothing of it reaches a connection that it did not come by', async () => {
    await exchange(careerHooks.url, 'hello\r\n\r\n');
    expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);
  });
});

describe('bodies', () => {
  test('native: 1 MiB, as announced and as it decompresses', async () => {
    const announced = await exchange(
      careerHooks.url,
      request(
        'POST /v1/events HTTP/1.1',
        'Host: localhost',
        'Connection: close',
        'Content-Type: application/json',
        'Content-Length: 1048577',
        `Authorization: Bearer ${careerHooks.token}`,
      ),
      'x'.repeat(1_048_577),
    );
    expectProblem(announced, 413, 'body_too_large');
    const bomb = await careerHooks.call('POST', '/v1/events', undefined, {
      raw: gzipSync(`{"system": "${' '.repeat(50_000_000)}"}`),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(bomb).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  test.each([
    ['/roleready/api/webhooks/config', 413, { success: false }],
    ['/pathfinder/api/webhooks', 413, { success: false }],
    ['/resumebuilder/api/v1/webhooks', 413, { detail: expect.any(String) }],
    ['/proposals/api/webhooks', 413, { error: expect.any(String) }],
  ])('%s: 256 KiB, in its own words', async (path, status, shape) => {
    const answer = await careerHooks.call('POST', path, undefined, {
      raw: JSON.stringify({ url: 'x'.repeat(262_144) }),
    });
    expect(answer).toMatchObject({ status, body: shape });
  });

  test('the CV: 1 MiB, which its document answers 400', async () => {
    const answer = await careerHooks.call('POST', '/api/webhook/cv', undefined, {
      raw: 'x'.repeat(1_048_577),
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'PAYLOAD_TOO_LARGE' } });
  });
});

describe('JSON', () => {
  const event = { system: 'roleready', user: 'u1', type: 'resume.parsed' };
  const data = example('roleready', 'resume.parsed').data as object;

  test('nested without end is refused, not a stack that overflows', async () => {
    const depth = 200_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const raw = JSON.stringify({ ...event, data: { ...data, deep: 0 } }).replace(
      '"deep":0',
      `"deep":${deep}`,
    );
    const answer = await careerHooks.call('POST', '/v1/events', undefined, { raw });
    expect(answer).toMatchObject({ status: 400, body: { code: 'unacceptable_json' } });
  });

  test.each([
    `{"a": {"__proto__": {"admin": true}}}`,
    `[{"__proto__": null}]`,
    String.raw`{"\u005f_proto__": 1}`,
  ])('%s is refused, everywhere', async (raw) => {
    const native = await careerHooks.call('POST', '/v1/endpoints', undefined, { raw });
    expect(native).toMatchObject({ status: 400, body: { code: 'unacceptable_json' } });
    const product = await careerHooks.call('POST', '/pathfinder/api/webhooks', undefined, { raw });
    expect(product).toMatchObject({ status: 400, body: { success: false } });
  });

  test('64 levels are taken as they are', async () => {
    const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
    const raw = JSON.stringify({ ...event, data: { ...data, deep: 0 } }).replace(
      '"deep":0',
      `"deep":${deep}`,
    );
    const { status } = await careerHooks.call('POST', '/v1/events', undefined, { raw });
    expect([202, 422]).toContain(status);
  });
});

describe('connections that say little', () => {
  test('headers that do not come within 10 s, and a body not within 30 s, are answered 408', async () => {
    const startedAt = Date.now();
    const headers = exchange(careerHooks.url, 'GET /v1/systems HTTP/1.1\r\nHost: loc').then(
      (answer) => ({ answer, tookMs: Date.now() - startedAt }),
    );
    const body = exchange(
      careerHooks.url,
      request(
        'POST /v1/events HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/json',
        'Content-Length: 100',
        `Authorization: Bearer ${careerHooks.token}`,
      ),
      '{"system"',
    ).then((answer) => ({ answer, tookMs: Date.now() - startedAt }));
    const [slowHeaders, slowBody] = await Promise.all([headers, body]);
    expectProblem(slowHeaders.answer, 408, 'request_timeout');
    expect(slowHeaders.tookMs).toBeGreaterThan(9_000);
    expectProblem(slowBody.answer, 408, 'request_timeout');
    expect(slowBody.tookMs).toBeGreaterThan(29_000);
    expect(slowHeaders.tookMs).toBeLessThan(slowBody.tookMs);
  });

  test('a hundred of them keep nobody else waiting', async () => {
    const { hostname, port } = new URL(careerHooks.url);
    const sockets = await Promise.all(
      Array.from(
        { length: 100 },
        () =>
          new Promise<ReturnType<typeof connect>>((resolve, reject) => {
            const socket = connect({ host: hostname, port: Number(port) }, () => {
              socket.write('POST /v1/events HTTP/1.1\r\nX-Slow: ');
              resolve(socket);
            });
            socket.on('error', reject);
          }),
      ),
    );
    expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});
