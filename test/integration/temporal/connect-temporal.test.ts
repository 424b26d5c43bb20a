import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTemporal } from '@careerhooks/temporal';
import { freePorts, silentLog, startTestTemporal } from '../../support/temporal';
import { createNamespace } from './create-namespace';
import { recordingLog } from './recording-log';
import { until } from './until';

const log = silentLog;

/** A gRPC server that answers every call with one status. */
async function startRefusing(status: number, message: string): Promise<Http2Server> {
  const server = createServer();
  server.on('stream', (stream) => {
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(status),
        'grpc-message': message,
      },
      { endStream: true },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const addressOf = (server: Http2Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Says what is in the way in the log, and goes on until it is told to stop. */
async function expectTriedOn(env: NodeJS.ProcessEnv, obstacle: object): Promise<void> {
  const giveUp = new AbortController();
  const recorded = recordingLog();
  const connecting = connectTemporal({ env, log: recorded.log, signal: giveUp.signal });
  const outcome = expect(connecting).rejects.toMatchObject(obstacle);
  await until(() => Promise.resolve(recorded.messages.length > 0), 'a word of it');
  const goesOn = await Promise.race([connecting, sleep(1_000, 'goes on')]);
  expect(goesOn).toBe('goes on');
  giveUp.abort();
  await outcome;
}

describe('a server that is there', () => {
  let temporal: Awaited<ReturnType<typeof startTestTemporal>>;

  beforeAll(async () => {
    temporal = await startTestTemporal();
  }, 300_000);

  afterAll(() => temporal.stop());

  test('is connected to by its address', async () => {
    const { connection, namespace } = await connectTemporal({
      env: {},
      address: temporal.address,
      log,
    });
    expect(namespace).toBe('default');
    await connection.close();
  });

  test('is connected to by the settings', async () => {
    const env = { TEMPORAL_ADDRESS: temporal.address };
    const { connection, namespace } = await connectTemporal({ env, log });
    expect(namespace).toBe('default');
    await connection.close();
  });

  test('is waited for until it has the namespace', async () => {
    const env = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'hooks' };
    const recorded = recordingLog();
    const connecting = connectTemporal({ env, log: recorded.log });
    await until(() => Promise.resolve(recorded.messages.length > 0), 'a word of it');
    expect(recorded.messages[0]).toMatch(
      /^warn: Temporal cannot be used; trying on .*no namespace .*hooks.*namespace create.*TEMPORAL_NAMESPACE/,
    );

    const { connection: other } = await connectTemporal({
      env: {},
      address: temporal.address,
      log,
    });
    await createNamespace(other, 'hooks');
    await other.close();
    const { connection, namespace } = await connecting;
    expect(namespace).toBe('hooks');
    await connection.close();
  });

  test('is waited for until it speaks TLS, if TLS is set', async () => {
    const env = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_TLS: 'true' };
    await expectTriedOn(env, {
      code: 'setting_refused',
      message: expect.stringMatching(/^TEMPORAL_TLS: .* does not speak TLS/) as string,
    });
  });
});

test.each([
  [16, 'no such key'],
  [7, 'not for you'],
])('a refusal with status %i is tried again, and names the settings', async (status, words) => {
  const server = await startRefusing(status, words);
  const env = { TEMPORAL_ADDRESS: addressOf(server), TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' };
  await expectTriedOn(env, {
    code: 'access_denied',
    message: expect.stringMatching(new RegExp(`${words}.*TEMPORAL_API_KEY`)) as string,
  });
  server.close();
});

test('a server that accepts connections and never answers does not hold up a stop', async () => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const waiting = connectTemporal({ env: {}, address: `127.0.0.1:${port}`, log, signal });
  setTimeout(() => giveUp.abort(), 300);
  const askedAt = Date.now();
  await expect(waiting).rejects.toMatchObject({ code: 'server_unreachable' });
  expect(Date.now() - askedAt).toBeLessThan(2_000);
  server.close();
});

test('a server that is not there yet is waited for', async () => {
  const [port] = await freePorts(1);
  const giveUp = new AbortController();
  const recorded = recordingLog();
  const waiting = connectTemporal({
    env: {},
    address: `127.0.0.1:${port}`,
    log: recorded.log,
    signal: giveUp.signal,
  });
  await new Promise((wake) => setTimeout(wake, 1_000));
  expect(recorded.messages).toHaveLength(1);
  expect(recorded.messages[0]).toMatch(
    /^warn: Temporal cannot be used; trying on .*cannot be reached: .*refused/,
  );
  giveUp.abort();
  await expect(waiting).rejects.toMatchObject({
    code: 'server_unreachable',
    message: expect.stringMatching(
      /^Temporal at 127\.0\.0\.1:\d+ cannot be reached: .*refused/,
    ) as string,
  });
});

test('an unusable address is a bad setting', async () => {
  await expect(connectTemporal({ env: {}, address: 'no address', log })).rejects.toMatchObject({
    code: 'setting_invalid',
    message: expect.stringMatching(/^TEMPORAL_ADDRESS no address: /) as string,
  });
});
