import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '@careerhooks/cli';
import { findChild, type ProcessUsage, readProcessUsage } from './process-usage';

/** A CareerHooks as an operator runs it: `careerhooks start` with its own Temporal and SQLite. */
export interface RunningCareerHooks {
  url: string;
  token: string;
  api: ApiClient;
  dataDir: string;
  usage(): { careerhooks: ProcessUsage; temporal: ProcessUsage };
  /** Resolves once every delivery is finished, and what was to be done for it is done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const COMMAND = resolve(__dirname, '../../cli/bin/careerhooks.js');
const START_PATIENCE_MS = 120_000;
const SETTLE_PATIENCE_MS = 600_000;
/** Workflows end a little after the delivery that they carry. */
const SETTLE_MS = 1_500;

export async function startCareerHooks(): Promise<RunningCareerHooks> {
  const dataDir = mkdtempSync(join(tmpdir(), 'careerhooks-bench-'));
  const [port, temporalPort, temporalUiPort] = await freePorts(3);
  const token = `cha_${randomBytes(24).toString('base64url')}`;
  const logFile = join(dataDir, 'log');
  const log = openSync(logFile, 'w');
  // A Temporal or a PostgreSQL of the operator's own is not what is measured here.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(TEMPORAL_ADDRESS|DATABASE_URL|NODE_ENV)$/.test(name),
  );
  const child = spawn(process.execPath, [COMMAND, 'start'], {
    stdio: ['ignore', log, log],
    env: {
      ...Object.fromEntries(inherited),
      HOST: '127.0.0.1',
      PORT: String(port),
      CAREERHOOKS_DATA_DIR: dataDir,
      CAREERHOOKS_TEMPORAL_PORT: String(temporalPort),
      CAREERHOOKS_TEMPORAL_UI_PORT: String(temporalUiPort),
      CAREERHOOKS_ADMIN_TOKEN: token,
      LOG_LEVEL: 'info',
    },
  });
  closeSync(log);
  const exit = new Promise<void>((resolveExit) => child.once('exit', () => resolveExit()));
  const url = `http://127.0.0.1:${port}`;
  const api = createApiClient(url, token);
  const pid = child.pid ?? 0;

  const running: RunningCareerHooks = {
    url,
    token,
    api,
    dataDir,
    usage() {
      const temporal = findChild(pid, 'temporal');
      if (temporal === undefined) throw new Error('CareerHooks has no Temporal running.');
      return { careerhooks: readProcessUsage(pid), temporal: readProcessUsage(temporal) };
    },
    async settled() {
      await until(SETTLE_PATIENCE_MS, 'Deliveries did not finish.', async () => {
        const { deliveries } = await api.call<{
          deliveries: { by_status: Record<string, number> };
        }>('GET', '/v1/stats');
        return !['pending', 'held', 'retrying'].some((status) => status in deliveries.by_status);
      });
      await sleep(SETTLE_MS);
    },
    async stop() {
      child.kill('SIGTERM');
      await exit;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };

  try {
    await until(START_PATIENCE_MS, 'CareerHooks did not start.', async () => {
      if (child.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8'));
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.ok !== true) return false;
      return ((await answer.json()) as { temporal: string }).temporal === 'ok';
    });
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function until(
  patienceMs: number,
  failure: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(failure);
    await sleep(100);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
