import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli, findTestServer, type Log, startDevServer } from '@careerhooks/temporal';
import { TestWorkflowEnvironment } from '@temporalio/testing';

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const quiet = { env: process.env, report: () => undefined };

/** A real Temporal server of the test's own, with a store that goes with it. */
export async function startTestTemporal({ log = silentLog }: { log?: Log } = {}): Promise<{
  address: string;
  uiUrl: string;
  stop: () => Promise<void>;
}> {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-temporal-'));
  const [port, uiPort] = await freePorts(2);
  const cli = await findTemporalCli(quiet);
  const server = await startDevServer({ cli, dataDir, port, uiPort, log });
  await server.ready;
  return {
    address: server.address,
    uiUrl: server.uiUrl,
    stop: async () => {
      await server.stop(0);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * The time-skipping server: awaiting a workflow's result through `env.client` skips its timers.
 * Workers take `env.nativeConnection`.
 */
export async function startTimeSkippingServer(): Promise<{
  env: TestWorkflowEnvironment;
  address: string;
  stop: () => Promise<void>;
}> {
  const path = await findTestServer(quiet);
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  return { env, address: env.address, stop: () => env.teardown() };
}

/** Ports on the loopback address that nobody listens on at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
