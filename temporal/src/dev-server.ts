import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve as resolvePath } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { endWithParent } from './end-with-parent';
import { reasonOf, TemporalError } from './errors';
import type { TemporalCli } from './find-temporal-cli';
import { requireFreePort } from './free-port';
import type { Log } from './log';
import { endPreviousServer, removeServerRecord, writeServerRecord } from './previous-server';
import { SEARCH_ATTRIBUTES } from './search-attributes';
import { serverEnvironment } from './server-environment';
import { COMPANIONS, isDamagedStore, setStoreAside } from './set-store-aside';

export interface DevServerSettings {
  cli: TemporalCli;
  /** The server's store and pid file live here; it is created where it is missing. */
  dataDir: string;
  port?: number;
  uiPort?: number;
  /** Created on start where the store has none of this name. */
  namespace?: string;
  log: Log;
  /** The server answers: at first, and again after each restart. */
  onUp?: (startupMs: number) => void;
  /** The server has ended by itself; it is being restarted. */
  onDown?: (reason: string) => void;
}

export interface DevServer {
  /** `127.0.0.1:<port>`, for clients. */
  address: string;
  uiUrl: string;
  /**
   * Resolves when the server first answers, with what that took.
   *
   * @throws TemporalError `server_failed` where it ends or hangs on each of three first starts,
   * `server_stopped` where it is stopped before
   */
  ready: Promise<{ startupMs: number }>;
  /** What the store takes on the disk, with what is on its way into it. */
  storeBytes: () => Promise<number>;
  /** The process that runs now, if one does. */
  pid: () => number | undefined;
  /** Ends the server: asks, and after `graceMs` (5 s) insists. */
  stop: (graceMs?: number) => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const FIRST_STARTS = 3;
const BACKOFF_MS = { first: 100, most: 5_000 };
/** A server that ran this long and then fell is restarted without a wait. */
const SOUND_AFTER_MS = 10_000;
const STOP_GRACE_MS = 5_000;
const KEPT_LINES = 20;

/**
 * Runs the embedded Temporal server as a child process, on loopback addresses only.
 *
 * It starts, and is polled until it answers: **up**. When it ends by itself it is **down**, and
 * after a wait that doubles from 0.1 s to 5 s it starts again on the same store; a server that was
 * up for 10 s has a clean record, and starts again after the shortest wait. Only where it never
 * came up at all is it given up, after the third try. `stop` ends it in whatever state it is.
 *
 * It stands outside the terminal's process group, so that Ctrl-C reaches only its parent, which
 * then has a server to drain its work on before it calls `stop`. If the parent is killed, the
 * server is ended by a watcher, or at the latest by the next start on the same folder.
 *
 * The store is named after the CLI's version, because a later server does not migrate it. A store
 * that is damaged is set aside.
 *
 * @throws TemporalError `port_taken`, `data_folder_in_use`
 */
export async function startDevServer(settings: DevServerSettings): Promise<DevServer> {
  const { cli, log, port = 7233, uiPort = 8233, namespace = 'default', onUp, onDown } = settings;
  const dataDir = resolvePath(settings.dataDir);
  const address = `127.0.0.1:${port}`;
  await mkdir(dataDir, { recursive: true });
  const previous = await endPreviousServer(dataDir);
  if (previous) log.warn(previous, 'ended a Temporal server that an earlier run left behind');
  await requireFreePort(port, 'CAREERHOOKS_TEMPORAL_PORT');
  await requireFreePort(uiPort, 'CAREERHOOKS_TEMPORAL_UI_PORT');

  const store = join(dataDir, `temporal-${cli.version}.db`);
  const env = serverEnvironment(process.env, dataDir);
  const args = serverArguments({ store, port, uiPort, namespace });
  const stopping = new AbortController();
  const stopped = () => stopping.signal.aborted;
  let current: ServerProcess | undefined;
  let reportReady: (value: { startupMs: number }) => void = () => undefined;
  let reportFailed: (error: TemporalError) => void = () => undefined;
  const ready = new Promise<{ startupMs: number }>((resolve, reject) => {
    reportReady = resolve;
    reportFailed = reject;
  });
  // Whoever does not wait for it learns of the failure from the log.
  ready.catch(() => undefined);

  const supervise = async () => {
    let everUp = false;
    let failures = 0;
    while (!stopped()) {
      const startedAt = Date.now();
      const server = startProcess(cli.path, args, { env, log });
      current = server;
      if (server.pid !== undefined) {
        await writeServerRecord(dataDir, { pid: server.pid, owner: process.pid });
      }
      const up = await waitUntilUp({ server, port, namespace, signal: stopping.signal });
      if (up) {
        everUp = true;
        const startupMs = Date.now() - startedAt;
        log.info({ address, pid: server.pid, startupMs }, 'Temporal server is up');
        reportReady({ startupMs });
        onUp?.(startupMs);
      } else if (!server.ended() && !stopped()) {
        // It hangs.
        server.kill('SIGKILL');
      }
      const how = await server.exit;
      current = undefined;
      if (stopped()) break;
      const reason = `Temporal server ${how}${server.lastLines()}`;
      failures = up && Date.now() - startedAt > SOUND_AFTER_MS ? 0 : failures + 1;
      log.warn({ address, failures }, reason);
      if (isDamagedStore(reason)) {
        // The engine's own database is the truth, and starts again what was lost here.
        const aside = await setStoreAside(store);
        log.warn({ aside }, 'set a damaged Temporal store aside');
      }
      if (up) {
        onDown?.(reason);
      } else if (!everUp && failures >= FIRST_STARTS) {
        log.error({ address }, 'Temporal server does not start');
        reportFailed(
          new TemporalError('server_failed', `The embedded server does not start. ${reason}`),
        );
        break;
      }
      const wait = Math.min(BACKOFF_MS.first * 2 ** Math.max(0, failures - 1), BACKOFF_MS.most);
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await removeServerRecord(dataDir);
    reportFailed(new TemporalError('server_stopped', 'The embedded server was stopped.'));
  };

  const supervised = supervise().catch((error: unknown) => {
    current?.kill('SIGKILL');
    log.error({ error }, 'Temporal server is no longer supervised');
    reportFailed(new TemporalError('server_failed', reasonOf(error), { cause: error }));
  });

  return {
    address,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    ready,
    storeBytes: () => sizeOf([store, ...COMPANIONS.map((suffix) => store + suffix)]),
    pid: () => current?.pid,
    stop: async (graceMs = STOP_GRACE_MS) => {
      stopping.abort();
      await Promise.all([current?.end(graceMs), supervised]);
    },
  };
}

/** Together, in bytes; what is not there has none. */
async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function serverArguments({
  store,
  port,
  uiPort,
  namespace,
}: {
  store: string;
  port: number;
  uiPort: number;
  namespace: string;
}): string[] {
  const args = ['server', 'start-dev'];
  args.push('--db-filename', store);
  args.push('--sqlite-pragma', 'journal_mode=WAL');
  args.push('--ip', '127.0.0.1', '--port', String(port));
  args.push('--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch');
  args.push('--log-level', 'warn', '--log-format', 'json');
  if (namespace !== 'default') args.push('--namespace', namespace);
  for (const name of SEARCH_ATTRIBUTES) args.push('--search-attribute', `${name}=Keyword`);
  return args;
}

interface ServerProcess {
  pid: number | undefined;
  /** Resolves, with how, when the process has ended; never rejects. */
  exit: Promise<string>;
  ended: () => boolean;
  kill: (signal: NodeJS.Signals) => void;
  end: (graceMs: number) => Promise<void>;
  /** What it last said, for a message, or nothing. */
  lastLines: () => string;
}

function startProcess(
  path: string,
  args: readonly string[],
  { env, log }: { env: NodeJS.ProcessEnv; log: Log },
): ServerProcess {
  const child: ChildProcess = spawn(path, args, {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const release = child.pid === undefined ? undefined : endWithParent(child.pid);
  const lines: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      log.debug({ line }, 'Temporal server says');
    });
  }
  let ended = false;
  const exit = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      ended = true;
      release?.();
      resolve(how);
    };
    child.on('error', (error) => finish(`could not be started: ${error.message}`));
    child.on('close', (code, signal) =>
      finish(signal ? `was ended by ${signal}` : `exited ${code}`),
    );
  });
  return {
    pid: child.pid,
    exit,
    ended: () => ended,
    kill: (signal) => void child.kill(signal),
    end: async (graceMs) => {
      child.kill('SIGTERM');
      // One that stands still would not hear it.
      child.kill('SIGCONT');
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exit;
      clearTimeout(insist);
    },
    lastLines: () => (lines.length > 0 ? `; it last said:\n${lines.slice(-5).join('\n')}` : ''),
  };
}

/** Polls until the server serves the namespace; false where it ends, hangs or is being stopped. */
async function waitUntilUp({
  server,
  port,
  namespace,
  signal,
}: {
  server: ServerProcess;
  port: number;
  namespace: string;
  signal: AbortSignal;
}): Promise<boolean> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  const goOn = () => !server.ended() && !signal.aborted && Date.now() < giveUpAt;
  // A gRPC channel waits a second after a refused connection; a bare socket need not.
  while (goOn() && !(await accepts(port))) await delay(20);
  if (!goOn()) return false;
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  try {
    while (goOn()) {
      try {
        await connection.withDeadline(Date.now() + 2_000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        return goOn();
      } catch {
        await delay(50);
      }
    }
    return false;
  } finally {
    await connection.close();
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('connect', () => finish(true));
    socket.on('error', () => finish(false));
  });
}
