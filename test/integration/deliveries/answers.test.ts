import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type Journey, startJourney } from '../../support/journey';

let careerHooks: TestCareerHooks;
const servers: Server[] = [];
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(async () => {
  await careerHooks.stop();
  servers.forEach((server) => server.close());
});

/** A receiver below HTTP: `answer` is called with each request's connection, and its number on it. */
async function rawReceiver(answer: (socket: Socket, request: number) => void): Promise<string> {
  const server = createServer((socket) => {
    let request = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', () => answer(socket, ++request));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** A journey whose endpoint answers every request with these bytes, and then closes or stalls. */
async function answering(
  bytes: string,
  { stalls = false, ...settings }: { stalls?: boolean; [setting: string]: unknown } = {},
): Promise<{ journey: Journey; endpoint: string }> {
  const url = await rawReceiver((socket) => {
    if (stalls) socket.write(bytes);
    else socket.end(bytes);
  });
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register({ url, verify: false, max_retries: 0, ...settings });
  return { journey, endpoint: id };
}

test.concurrent('a 204 with the length of a body is delivered', async () => {
  const head = 'HTTP/1.1 204 No Content\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n';
  const { journey } = await answering(head, { stalls: true });
  const delivery = await journey.until(await journey.publish(), 'delivered');
  expect(delivery.attempts).toMatchObject([{ status_code: 204, error_code: null }]);
});

test.concurrent('a 200 of an n8n that is starting is no delivery', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  journey.receiver.answer = (_, index) =>
    index === 0 ? { body: 'n8n is starting up. Please wait' } : {};
  await journey.register();
  const delivery = await journey.until(await journey.publish(), 'delivered');
  expect(delivery.attempts).toMatchObject([
    { number: 1, status_code: 200, error_code: 'receiver_starting' },
    { number: 2, status_code: 200, error_code: null },
  ]);
});

test.concurrent('a 410 whose body was cut disables the endpoint', async () => {
  const { journey, endpoint } = await answering(
    'HTTP/1.1 410 Gone\r\ncontent-length: 50\r\n\r\ngone for go',
    { max_retries: 3 },
  );
  const delivery = await journey.until(await journey.publish(), 'failed');
  expect(delivery.attempts).toMatchObject([
    { status_code: 410, error_code: 'endpoint_gone', answer_excerpt: 'gone for go' },
  ]);
  expect(await journey.endpoint(endpoint)).toMatchObject({ status: 'disabled' });
});

test.concurrent.each([429, 503])(
  'a %i whose body was cut has its Retry-After obeyed',
  async (status) => {
    const { journey } = await answering(
      `HTTP/1.1 ${status} Busy\r\nretry-after: 600.0\r\ncontent-length: 50\r\n\r\nlater`,
      { max_retries: 3 },
    );
    const before = Date.now();
    const delivery = await journey.until(await journey.publish(), 'retrying');
    expect(delivery.attempts).toMatchObject([
      { status_code: status, error_code: `http_${status}`, answer_excerpt: 'later' },
    ]);
    expect(Date.parse(delivery.next_attempt_at!) - before).toBeGreaterThanOrEqual(600_000);
  },
);

test.concurrent(
  'a body that had not ended in time tells its status, and why it failed',
  async () => {
    const { journey } = await answering('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nworking…', {
      stalls: true,
      timeout_seconds: 1,
    });
    const delivery = await journey.until(await journey.publish(), 'failed');
    expect(delivery).toMatchObject({ last_status_code: 200, last_error_code: 'timeout' });
    expect(delivery.attempts).toMatchObject([
      { status_code: 200, error_code: 'timeout', answer_excerpt: 'working…' },
    ]);
    expect(delivery.attempts[0]!.error_message).toContain('the body had not ended');
  },
);

test.concurrent('a 2xx whose body was cut is no delivery', async () => {
  const { journey } = await answering('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nO');
  const delivery = await journey.until(await journey.publish(), 'failed');
  expect(delivery.attempts).toMatchObject([
    { status_code: 200, error_code: 'connection_reset', answer_excerpt: 'O' },
  ]);
});

test.concurrent(
  'a receiver that closes on every second request gets all at the first attempt',
  async () => {
    const url = await rawReceiver((socket, request) => {
      if (request === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else socket.end();
    });
    const journey = await startJourney(careerHooks);
    await journey.register({ url, verify: false, max_retries: 0 });
    for (let n = 0; n < 20; n += 1) {
      const delivery = await journey.until(await journey.publish(), 'delivered');
      expect(delivery.attempts).toHaveLength(1);
      await sleep(50);
    }
  },
);
