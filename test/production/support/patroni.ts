import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { createFolder, type Daemon, giveToUser, signalTree, startDaemon } from './daemon';
import { installPatroni } from './install-patroni';
import { type Line, lineTo } from '../../support/line';
import { BINARIES, isPrimary, type PostgresNode, signalNode, SUPERUSER } from './postgres-node';

/** The example that docs/production.md names. */
const EXAMPLE = join(ROOT, 'deploy/patroni/patroni.yml');
const API = { user: 'patroni', password: 'of-the-tests' };
const START_MS = 90_000;

/** One machine: Patroni and its PostgreSQL. */
export interface PatroniNode extends PostgresNode {
  /** Where it is asked whether it is the primary; through its network. */
  checkPort: number;
  /**
   * Its network: how the other copies from it, how clients may reach it (who take `port`, do not
   * go this way), how its Patroni is reached, and how that reaches etcd.
   */
  lines: { replication: Line; clients: Line; api: Line; etcd: Line };
  start(): void;
  /** Kills, halts or resumes all of the machine. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Patroni alone, as when it hangs: PostgreSQL goes on. */
  signalPatroni(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  log(): string;
}

export interface PatroniCluster {
  nodes: readonly [PatroniNode, PatroniNode];
  primary(): Promise<PatroniNode>;
  /** Resolves when the other takes writes. */
  switchover(): Promise<void>;
  kill(): Promise<void>;
}

/** How commits wait for the standby: Patroni's synchronous_mode, and synchronous_mode_strict. */
export type Replication = 'async' | 'sync' | 'strict';

/** Two machines as the example has them, and an etcd of one member; resolves when one follows the other. */
export async function startPatroni(replication: Replication): Promise<PatroniCluster> {
  const python = await installPatroni((line) => process.stderr.write(`    ${line}\n`));
  const home = createFolder('patroni');
  const etcd = await startEtcd(home);
  const file = join(home, 'patroni.yml');
  writeFileSync(file, configuration(replication));
  giveToUser(file);

  const make = (name: string) => createNode({ name, home, file, python, etcdPort: etcd.port });
  const nodes = [await make('database-1'), await make('database-2')] as const;
  nodes[0].start();
  await waitUntil(
    () => isPrimary(nodes[0].port),
    (primary) => primary,
    START_MS,
  );
  nodes[1].start();
  await waitUntil(
    () => follows(nodes[1], replication),
    (done) => done,
    START_MS,
  );

  const primary = async (): Promise<PatroniNode> => {
    for (const node of nodes) if (await isPrimary(node.port)) return node;
    throw new Error('There is no primary.');
  };
  return {
    nodes,
    primary,
    async switchover() {
      const leader = await primary();
      const candidate = nodes.find((node) => node !== leader)!;
      const response = await fetch(`http://127.0.0.1:${leader.checkPort}/switchover`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${API.user}:${API.password}`)}` },
        body: JSON.stringify({ leader: leader.name, candidate: candidate.name }),
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      await waitUntil(
        () => isPrimary(candidate.port),
        (promoted) => promoted,
        30_000,
      );
    },
    async kill() {
      for (const node of nodes) {
        node.signal('SIGKILL');
        for (const line of Object.values(node.lines)) line.close();
      }
      await etcd.daemon.end('SIGKILL');
    },
  };
}

/** The example, except for what this machine has not. */
function configuration(replication: Replication): string {
  const example = parse(readFileSync(EXAMPLE, 'utf8'));
  example.watchdog = { mode: 'off' };
  const { dcs } = example.bootstrap;
  dcs.synchronous_mode = replication !== 'async';
  dcs.synchronous_mode_strict = replication === 'strict';
  // Killing makes no use of what a disk keeps.
  Object.assign(dcs.postgresql.parameters, { fsync: 'off' });
  example.postgresql.parameters = { unix_socket_directories: '.' };
  return stringify(example);
}

async function startEtcd(home: string): Promise<{ port: number; daemon: Daemon }> {
  const [port, peerPort] = (await freePorts(2)) as [number, number];
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const daemon = startDaemon('/usr/bin/etcd', [
    ...['--name', 'etcd', '--data-dir', join(home, 'etcd'), '--initial-cluster', `etcd=${peer}`],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
  ]);
  await waitUntil(
    () =>
      fetch(`${client}/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (healthy) => healthy,
  );
  return { port, daemon };
}

async function createNode(given: {
  name: string;
  home: string;
  file: string;
  python: string;
  etcdPort: number;
}): Promise<PatroniNode> {
  const { name, home } = given;
  const [port, apiPort] = (await freePorts(2)) as [number, number];
  const lines = {
    replication: await lineTo(port),
    clients: await lineTo(port),
    api: await lineTo(apiPort),
    etcd: await lineTo(given.etcdPort),
  };
  const node = { name, port, folder: join(home, name) };
  const env = {
    HOME: home,
    PATRONI_NAME: name,
    PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${port}`,
    PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${lines.replication.port}`,
    PATRONI_POSTGRESQL_DATA_DIR: node.folder,
    PATRONI_POSTGRESQL_BIN_DIR: BINARIES,
    PATRONI_POSTGRESQL_PGPASS: join(home, `${name}.pgpass`),
    PATRONI_RESTAPI_LISTEN: `127.0.0.1:${apiPort}`,
    PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${lines.api.port}`,
    PATRONI_RESTAPI_USERNAME: API.user,
    PATRONI_RESTAPI_PASSWORD: API.password,
    PATRONI_ETCD3_HOSTS: `127.0.0.1:${lines.etcd.port}`,
    PATRONI_SUPERUSER_USERNAME: SUPERUSER.user,
    PATRONI_SUPERUSER_PASSWORD: SUPERUSER.password,
    PATRONI_REPLICATION_USERNAME: 'replicator',
    PATRONI_REPLICATION_PASSWORD: 'of-the-tests-too',
  };
  let daemon: Daemon | undefined;
  return {
    ...node,
    checkPort: lines.api.port,
    lines,
    start() {
      daemon = startDaemon(given.python, ['-m', 'patroni', given.file], { env, cwd: home });
    },
    signal(signal) {
      signalTree(daemon?.pid ?? 0, signal);
      signalNode(node, signal);
    },
    signalPatroni(signal) {
      if (daemon?.running() === true) process.kill(daemon.pid, signal);
    },
    log: () => daemon?.output() ?? '',
  };
}

/** Whether it follows, synchronously where it shall. */
async function follows(node: PatroniNode, replication: Replication): Promise<boolean> {
  const path = replication === 'async' ? 'replica' : 'sync';
  const response = await fetch(`http://127.0.0.1:${node.checkPort}/${path}`).catch(() => undefined);
  return response?.ok === true;
}
