import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
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

/** Below what Linux and others give to whoever does not ask for a port of their own (from 32768 on). */
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;

/**
 * Ports on the loopback address that nobody listens on at this moment, and that
 * no outgoing connection is given before somebody does.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
