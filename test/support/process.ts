import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiAt, type CallApi } from './call-api';
import { freePorts } from './temporal';
import { waitUntil } from './wait-until';

/** The checkout that `npm run build` was run in. */
export const ROOT = resolve(__dirname, '../..');

export const PROGRAM = join(ROOT, 'cli/bin/careerhooks.js');

/** How a process ended. */
interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process of the test. */
export interface TestProcess {
  pid: number;
  /** All that it wrote so far, standard output and standard error. */
  output(): string;
  exited: Promise<Exit>;
  /** Resolves once its output has `text`; rejects where it ends or takes too long without. */
  says(text: string | RegExp, timeoutMs?: number): Promise<void>;
  /** Sends a signal; resolves with how, and after how many milliseconds, it ended. */
  end(signal: NodeJS.Signals): Promise<Exit & { tookMs: number }>;
}

/** A CareerHooks that runs as it does for its users: a process of its own. */
export interface CareerHooksProcess extends TestProcess {
  url: string;
  token: string;
  call: CallApi;
  /** Milliseconds from the start of the process to the first answer of its API. */
  answeredMs: number;
  /** Resolves once deliveries run. */
  connected(): Promise<void>;
}

/** Every process that tests of this file started and that may still run. */
const started = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** Runs `careerhooks <args>` with only the settings given; it stops at once unless they say otherwise. */
export function runCareerHooks(args: string[], settings: Record<string, string>): TestProcess {
  const quick = { CAREERHOOKS_DRAIN_SECONDS: '0' };
  return startProcess(process.execPath, [PROGRAM, ...args], { ...quick, ...settings });
}

/** Starts a program in the checkout, with only the settings given. */
export function startProcess(
  command: string,
  args: string[],
  settings: Record<string, string>,
  options: { cwd?: string; uid?: number; gid?: number } = {},
): TestProcess {
  const child = spawn(command, args, {
    cwd: ROOT,
    ...options,
    env: { ...withoutSettings(process.env), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  let running = true;
  const exited = new Promise<Exit>((done) => {
    child.once('close', (code, signal) => {
      running = false;
      started.delete(child);
      done({ code, signal });
    });
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    async says(text, timeoutMs = 20_000) {
      const giveUpAt = Date.now() + timeoutMs;
      while (typeof text === 'string' ? !output.includes(text) : !text.test(output)) {
        if (!running || Date.now() > giveUpAt) {
          throw new Error(`It never said ${String(text)}, but:\n${output}`);
        }
        await sleep(20);
      }
    },
    async end(signal) {
      const askedAt = Date.now();
      child.kill(signal);
      const exit = await exited;
      return { ...exit, tookMs: Date.now() - askedAt };
    },
  };
}

/** Settings for an instance of its own: free ports, quiet except for warnings. */
export async function instanceSettings(dataDir: string): Promise<Record<string, string>> {
  const [port, temporalPort, temporalUiPort] = await freePorts(3);
  return {
    PORT: String(port),
    CAREERHOOKS_DATA_DIR: dataDir,
    CAREERHOOKS_TEMPORAL_PORT: String(temporalPort),
    CAREERHOOKS_TEMPORAL_UI_PORT: String(temporalUiPort),
    LOG_LEVEL: 'warn',
  };
}

/**
 * `careerhooks start`, or `server`, up to the first answer of its API.
 *
 * @param settings as `instanceSettings` makes them.
 */
export async function startCareerHooksProcess(
  settings: Record<string, string>,
  command: 'start' | 'server' = 'start',
): Promise<CareerHooksProcess> {
  const startedAt = Date.now();
  const child = runCareerHooks([command], settings);
  const instance = await answeringInstance(child, settings, startedAt);
  return {
    ...child,
    ...instance,
    async connected() {
      const ask = () => instance.call('GET', '/readyz');
      await waitUntil(ask, ({ body }) => body.temporal === 'ok', 60_000);
    },
  };
}

/** Waits until the instance that `child` is, or starts, answers. */
export async function answeringInstance(
  child: TestProcess,
  settings: Record<string, string>,
  startedAt: number,
): Promise<Pick<CareerHooksProcess, 'url' | 'token' | 'call' | 'answeredMs'>> {
  const url = `http://127.0.0.1:${settings.PORT}`;
  let exit: Exit | undefined;
  void child.exited.then((how) => (exit = how));
  while (!(await answers(`${url}/healthz`))) {
    if (exit !== undefined || Date.now() > startedAt + 60_000) {
      throw new Error(`It does not answer (${JSON.stringify(exit)}):\n${child.output()}`);
    }
    await sleep(20);
  }
  const answeredMs = Date.now() - startedAt;
  const token =
    settings.CAREERHOOKS_ADMIN_TOKEN ??
    (await readFile(join(settings.CAREERHOOKS_DATA_DIR ?? '', 'admin-token'), 'utf8')).trim();
  return { url, token, call: apiAt(url, token), answeredMs };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}

/** Whatever the developer has set for an instance of their own must not reach the test's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign =
    /^(CAREERHOOKS|TEMPORAL|CV|GITHUB)_|^(PORT|WORKER_PORT|HOST|DATABASE_URL|NODE_ENV|LOG_LEVEL)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
