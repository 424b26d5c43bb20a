import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '@careerhooks/cli';
import { generateMasterKey } from '@careerhooks/store';
import { freePorts } from './free-ports';
import { findChild, type ProcessUsage, readProcessUsage, sumOfUsages } from './process-usage';

/** A CareerHooks as an operator runs it, in one process or more. */
export interface RunningCareerHooks {
  /** Of each process. */
  urls: readonly string[];
  token: string;
  /** The first process's. */
  api: ApiClient;
  dataDir: string;
  temporalAddress: string;
  usage(): Usage;
  /** Resolves once every delivery is finished, and what was to be done for it is done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Of our processes together, and of Temporal's. */
export interface Usage {
  careerhooks: ProcessUsage;
  temporal: ProcessUsage;
}

export interface CareerHooksSettings {
  /** Without it: SQLite in a new data folder. */
  databaseUrl?: string;
  /** Without it: the embedded one. */
  temporal?: { address: string; pid: number };
  /** 1 unless set; more need both of the above. */
  processes?: number;
  /** Fills the database before anything is started. */
  fill?(dataDir: string, masterKey: string): Promise<void>;
}

const COMMAND = resolve(__dirname, '../../../cli/bin/careerhooks.js');
const START_PATIENCE_MS = 120_000;
const SETTLE_PATIENCE_MS = 600_000;
const LOOK_EVERY_MS = 250;
/** Bursts end some seconds after the last delivery that they carry. */
const SETTLE_MS = 5_000;
/** Attempts on an endpoint that hangs are not waited for. */
const STOP_PATIENCE_MS = 5_000;

/** Starts `careerhooks start` once or more often, and waits until deliveries run. */
export async function startCareerHooks(
  settings: CareerHooksSettings = {},
): Promise<RunningCareerHooks> {
  const dataDir = mkdtempSync(join(tmpdir(), 'careerhooks-bench-'));
  const masterKey = generateMasterKey();
  const token = `cha_${randomBytes(24).toString('base64url')}`;
  const started: Process[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(end));
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    await settings.fill?.(dataDir, masterKey);
    const [temporalPort = 0, temporalUiPort = 0, ...ports] = await freePorts(
      2 + (settings.processes ?? 1),
    );
    for (const port of ports) {
      started.push(
        startProcess(join(dataDir, started.length === 0 ? '.' : String(started.length)), port, {
          CAREERHOOKS_ADMIN_TOKEN: token,
          CAREERHOOKS_MASTER_KEY: masterKey,
          CAREERHOOKS_TEMPORAL_PORT: String(temporalPort),
          CAREERHOOKS_TEMPORAL_UI_PORT: String(temporalUiPort),
          ...(settings.databaseUrl !== undefined && { DATABASE_URL: settings.databaseUrl }),
          ...(settings.temporal !== undefined && { TEMPORAL_ADDRESS: settings.temporal.address }),
        }),
      );
    }
    for (const process of started) await becomeReady(process);
    const [first] = started;
    if (first === undefined) throw new Error('There is no process to start.');
    const temporalPid = settings.temporal?.pid ?? findChild(first.pid, 'temporal');
    if (temporalPid === undefined) throw new Error('CareerHooks has no Temporal running.');
    return {
      urls: started.map(({ url }) => url),
      token,
      api: createApiClient(first.url, token),
      dataDir,
      temporalAddress: settings.temporal?.address ?? `127.0.0.1:${temporalPort}`,
      usage: () => ({
        careerhooks: sumOfUsages(started.map(({ pid }) => readProcessUsage(pid))),
        temporal: readProcessUsage(temporalPid),
      }),
      settled: () => settled(first.url),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Process {
  child: ChildProcess;
  pid: number;
  url: string;
  logFile: string;
  exit: Promise<void>;
}

function startProcess(dataDir: string, port: number, env: Record<string, string>): Process {
  mkdirSync(dataDir, { recursive: true });
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
      LOG_LEVEL: 'info',
      CAREERHOOKS_DRAIN_SECONDS: '0',
      ...env,
    },
  });
  closeSync(log);
  return {
    child,
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    logFile,
    exit: new Promise((resolveExit) => child.once('exit', () => resolveExit())),
  };
}

async function end({ child, exit }: Process): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exit;
  clearTimeout(insist);
}

async function becomeReady({ child, url, logFile }: Process): Promise<void> {
  await until(START_PATIENCE_MS, 'CareerHooks did not start.', async () => {
    if (child.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8'));
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok !== true) return false;
    return ((await answer.json()) as { temporal: string }).temporal === 'ok';
  });
}

/** Looks at what is unfinished by its index, which costs next to nothing once little is. */
async function settled(url: string): Promise<void> {
  await until(SETTLE_PATIENCE_MS, 'Deliveries did not finish.', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return !/^careerhooks_deliveries_unfinished\{.*\} [1-9]/m.test(metrics);
  });
  await sleep(SETTLE_MS);
}

async function until(
  patienceMs: number,
  failure: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(failure);
    await sleep(LOOK_EVERY_MS);
  }
}
