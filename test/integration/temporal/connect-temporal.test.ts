import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectTemporal } from '@careerhooks/temporal';
import { freePorts, silentLog, startTestTemporal } from '../../support/temporal';
import { recordingLog } from './recording-log';

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
    const { connection } = await connectTemporal({ env, log });
    await connection.close();
  });

  test('must have the namespace', async () => {
    const env = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'hooks' };
    await expect(connectTemporal({ env, log })).rejects.toMatchObject({
      code: 'namespace_unknown',
      message: expect.stringMatching(/no namespace "hooks".*TEMPORAL_NAMESPACE/) as string,
    });
  });

  test('must speak TLS if TLS is set', async () => {
    const env = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_TLS: 'true' };
    await expect(connectTemporal({ env, log })).rejects.toMatchObject({
      code: 'setting_invalid',
      message: expect.stringMatching(/^TEMPORAL_TLS: .* does not speak TLS/) as string,
    });
  });
});

test.each([
  [16, 'no such key'],
  [7, 'not for you'],
])('a refusal with status %i ends at once, and names the settings', async (status, words) => {
  const server = await startRefusing(status, words);
  const env = { TEMPORAL_ADDRESS: addressOf(server), TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' };
  await expect(connectTemporal({ env, log })).rejects.toMatchObject({
    code: 'access_denied',
    message: expect.stringMatching(new RegExp(`${words}.*TEMPORAL_API_KEY`)) as string,
  });
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
  expect(recorded.messages[0]).toMatch(/^warn: Temporal cannot be reached; trying on .*refused/);
  giveUp.abort();
  await expect(waiting).rejects.toMatchObject({
    code: 'server_unreachable',
    message: expect.stringMatching(/^Temporal at 127\.0\.0\.1:\d+: .*refused/) as string,
  });
});

test('an unusable address is a bad setting', async () => {
  await expect(connectTemporal({ env: {}, address: 'no address', log })).rejects.toMatchObject({
    code: 'setting_invalid',
    message: expect.stringMatching(/^TEMPORAL_ADDRESS no address: /) as string,
  });
});
