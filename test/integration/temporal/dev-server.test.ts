import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type DevServer,
  type DevServerSettings,
  findTemporalCli,
  startDevServer,
  type TemporalCli,
} from '@careerhooks/temporal';
import { Client, Connection } from '@temporalio/client';
import { freePorts, silentLog } from '../../support/temporal';
import { writeStub } from './stub-executable';
import { recordingLog } from './recording-log';
import { until } from './until';

/** For what only /proc tells. */
const onLinux = process.platform === 'linux' ? test : test.skip;

let cli: TemporalCli;
let dataDir: string;
let port: number;
let uiPort: number;
let servers: DevServer[];

beforeAll(async () => {
  cli = await findTemporalCli({ env: process.env, report: () => undefined });
}, 300_000);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-dev-server-'));
  [port, uiPort] = (await freePorts(2)) as [number, number];
  servers = [];
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop(0)));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(settings: Partial<DevServerSettings> = {}): Promise<DevServer> {
  const server = await startDevServer({
    cli,
    dataDir,
    port,
    uiPort,
    log: silentLog,
    ...settings,
  });
  servers.push(server);
  return server;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function accepts(host: string): Promise<boolean> {
  const socket = connect({ port, host });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function listenOn(taken: number): Promise<Server> {
  const server = createServer();
  server.listen(taken, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function statusOf(workflowId: string): Promise<string> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  try {
    const { status } = await new Client({ connection }).workflow.getHandle(workflowId).describe();
    return status.name;
  } finally {
    await connection.close();
  }
}

test('starts, answers on loopback addresses only, and stops without a trace', async () => {
  const server = await start();
  const { startupMs } = await server.ready;
  expect(startupMs).toBeGreaterThan(0);
  expect(startupMs).toBeLessThan(30_000);
  expect(server.address).toBe(`127.0.0.1:${port}`);
  expect((await fetch(server.uiUrl)).status).toBe(200);
  const outward = Object.values(networkInterfaces())
    .flat()
    .filter((face) => face?.family === 'IPv4' && !face.internal);
  for (const face of outward) expect(await accepts(face!.address)).toBe(false);
  expect((await readdir(dataDir)).sort()).toEqual(
    expect.arrayContaining([`temporal-${cli.version}.db`, 'temporal.pid']),
  );

  const pid = server.pid()!;
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  expect(server.pid()).toBeUndefined();
  expect(await readdir(dataDir)).not.toContain('temporal.pid');
  (await listenOn(port)).close();
});

test('another namespace is created on start', async () => {
  const server = await start({ namespace: 'hooks' });
  await expect(server.ready).resolves.toBeDefined();
});

test('a killed server is restarted on the same store', async () => {
  const ups: number[] = [];
  const downs: string[] = [];
  const server = await start({ onUp: (ms) => ups.push(ms), onDown: (why) => downs.push(why) });
  await server.ready;
  const connection = await Connection.connect({ address: server.address });
  await new Client({ connection }).workflow.start('anything', {
    taskQueue: 'q',
    workflowId: 'kept',
  });
  await connection.close();

  const pid = server.pid()!;
  process.kill(pid, 'SIGKILL');
  await until(() => ups.length === 2, 'the server being up again');
  expect(downs).toEqual([expect.stringMatching(/^Temporal server was ended by SIGKILL/)]);
  expect(server.pid()).not.toBe(pid);
  await expect(statusOf('kept')).resolves.toBe('RUNNING');
});

onLinux('the server is outside the process group, so that Ctrl-C does not reach it', async () => {
  const server = await start();
  await server.ready;
  const pid = server.pid()!;
  const group = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ')[2];
  expect(Number(group)).toBe(pid);
});

test('stop ends a server that is still starting', async () => {
  const server = await start();
  const pid = server.pid()!;
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  await expect(server.ready).rejects.toMatchObject({ code: 'server_stopped' });
});

test('a server that ignores SIGTERM is killed after the grace', async () => {
  const path = await writeStub(
    join(dataDir, 'stubborn'),
    "trap '' TERM; while :; do sleep 0.1; done",
  );
  const server = await start({ cli: { path, version: '1.9.1' } });
  const pid = server.pid()!;
  await new Promise((wake) => setTimeout(wake, 300));
  await server.stop(200);
  expect(isAlive(pid)).toBe(false);
});

test('a taken port is named, with its setting', async () => {
  for (const [taken, setting] of [
    [port, 'CAREERHOOKS_TEMPORAL_PORT'],
    [uiPort, 'CAREERHOOKS_TEMPORAL_UI_PORT'],
  ] as const) {
    const other = await listenOn(taken);
    await expect(start()).rejects.toMatchObject({
      code: 'port_taken',
      message:
        `Port ${taken}, which the embedded Temporal server needs, is taken by another program. ` +
        `Free it, or set ${setting} to another port.`,
    });
    other.close();
    await once(other, 'close');
  }
});

test('a second start on the same folder leaves the first alone', async () => {
  const server = await start();
  await server.ready;
  const pid = server.pid()!;
  const [otherPort, otherUiPort] = await freePorts(2);
  await expect(start({ port: otherPort, uiPort: otherUiPort })).rejects.toMatchObject({
    code: 'data_folder_in_use',
    message: expect.stringContaining(`process ${process.pid} runs its Temporal server`) as string,
  });
  expect(server.pid()).toBe(pid);
  expect(isAlive(pid)).toBe(true);
});

describe('after the parent was killed', () => {
  /** A process that runs a server on the folder, and tells the server's pid. */
  async function startParent(): Promise<{ kill: () => Promise<void>; serverPid: number }> {
    const log = '{ debug() {}, info() {}, warn() {}, error() {} }';
    const settings = JSON.stringify({ cli, dataDir, port, uiPort });
    const script = `require(${JSON.stringify(resolve('temporal/dist'))})
      .startDevServer({ ...${settings}, log: ${log} })
      .then(async (server) => { await server.ready; console.log(server.pid()); });`;
    const parent = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const kill = async () => {
      parent.kill('SIGKILL');
      await once(parent, 'exit');
    };
    return { kill, serverPid: Number(line.toString()) };
  }

  /** The watcher of a server, found by its command line. */
  async function watcherOf(serverPid: number): Promise<number> {
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
      if (command.endsWith(`careerhooks-watch\0${serverPid}\0`)) return Number(name);
    }
    throw new Error('there is no watcher');
  }

  test('the server does not outlive it', async () => {
    const { kill, serverPid } = await startParent();
    expect(isAlive(serverPid)).toBe(true);
    await kill();
    await until(() => !isAlive(serverPid), 'the server’s end');
  });

  onLinux('a server that does outlive it is replaced by the next start', async () => {
    const { kill, serverPid } = await startParent();
    process.kill(await watcherOf(serverPid), 'SIGKILL');
    await kill();
    await new Promise((wake) => setTimeout(wake, 500));
    expect(isAlive(serverPid)).toBe(true);

    const { log, messages } = recordingLog();
    const server = await start({ log });
    await server.ready;
    expect(isAlive(serverPid)).toBe(false);
    expect(messages[0]).toMatch(/^warn: ended a Temporal server that an earlier run left behind/);
  });

  test('a pid that has gone to another program is left alone', async () => {
    const innocent = spawn('sleep', ['60'], { stdio: 'ignore' });
    await writeFile(join(dataDir, 'temporal.pid'), JSON.stringify({ pid: innocent.pid, owner: 1 }));
    const server = await start();
    await server.ready;
    expect(isAlive(innocent.pid!)).toBe(true);
    innocent.kill();
  });
});

test('a server that does not start is given up, with its last words', async () => {
  const path = await writeStub(join(dataDir, 'broken'), 'echo "no such luck" >&2; exit 3');
  const { log, messages } = recordingLog();
  const server = await start({ cli: { path, version: '1.9.1' }, log });
  await expect(server.ready).rejects.toMatchObject({
    code: 'server_failed',
    message:
      'The embedded server does not start. Temporal server exited 3; it last said:\nno such luck',
  });
  expect(messages.filter((message) => message.includes('exited 3'))).toHaveLength(3);
});

test('a damaged store is set aside', async () => {
  await writeFile(join(dataDir, `temporal-${cli.version}.db`), 'not a database, '.repeat(1000));
  const { log, messages } = recordingLog();
  const server = await start({ log });
  await server.ready;
  expect(messages).toContainEqual(
    expect.stringMatching(/^warn: set a damaged Temporal store aside/),
  );
  expect(await readdir(dataDir)).toContainEqual(expect.stringMatching(/\.db\.damaged-/));
});
