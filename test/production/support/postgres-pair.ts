import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { createFolder, giveToUser, runProgram, startDaemon } from './daemon';
import { type Line, lineTo } from '../../support/line';
import {
  BINARIES,
  isPrimary,
  postmasterOf,
  type PostgresNode,
  queryNode,
  signalNode,
  SUPERUSER,
} from './postgres-node';

/** One PostgreSQL of a pair. */
export interface PairNode extends PostgresNode {
  /** The way that the other takes to it, to copy what it commits. */
  replication: Line;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** `pg_ctl stop`. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Kills, halts or resumes the whole of it, as the fall of its machine would. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Whether commits wait for a standby from now on, for ever where there is none. */
  waitForStandby(wait: boolean): Promise<void>;
  /** Resolves when it takes writes. */
  promote(): Promise<void>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** A primary and a streaming standby on loopback, without anybody who watches them. */
export interface PostgresPair {
  primary: PairNode;
  standby: PairNode;
  isFollowing(node: PairNode, source: PairNode): Promise<boolean>;
  /** Copies `source` anew into `node`, which then follows it; resolves when it does. */
  follow(node: PairNode, source: PairNode): Promise<void>;
  /** Kills both. */
  kill(): void;
}

/** Durable on disk or not makes no difference to whom is killed, and costs time. */
const CONFIGURATION = `
fsync = off
full_page_writes = off
wal_level = replica
wal_keep_size = 256MB
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms
max_connections = 100
listen_addresses = '127.0.0.1'
unix_socket_directories = '.'
timezone = 'UTC'
`;

/**
 * @param options.synchronous a commit waits until the standby has it, for ever where there is none.
 * @param options.dataFolder for the primary's data, instead of one of the test's own; its WAL lies apart.
 */
export async function startPostgresPair(
  options: { synchronous?: boolean; dataFolder?: string; configuration?: string } = {},
): Promise<PostgresPair> {
  const home = createFolder('postgres');
  const ports = await freePorts(2);
  const synchronous = options.synchronous === true ? "synchronous_standby_names = '*'\n" : '';
  const configuration = CONFIGURATION + synchronous + (options.configuration ?? '');
  const make = async (name: string, port: number, folder: string): Promise<PairNode> =>
    createNode({ name, port, folder, replication: await lineTo(port) });
  const primary = await make('a', ports[0]!, options.dataFolder ?? join(home, 'a'));
  const standby = await make('b', ports[1]!, join(home, 'b'));

  await initialise(primary.folder, join(home, 'wal'), configuration);
  await primary.start();

  const isFollowing: PostgresPair['isFollowing'] = async (node, source) => {
    const sql = 'select application_name from pg_stat_replication where state = $1';
    const rows = await source.query(sql, ['streaming']).catch(() => []);
    return rows.some((row) => row.application_name === node.name);
  };
  const follow = async (node: PairNode, source: PairNode): Promise<void> => {
    await node.stop('immediate');
    await copy(source, node);
    await node.start();
    await waitUntil(
      () => isFollowing(node, source),
      (following) => following,
    );
  };
  await follow(standby, primary);
  return {
    primary,
    standby,
    isFollowing,
    follow,
    kill() {
      for (const node of [primary, standby]) {
        node.signal('SIGKILL');
        node.replication.close();
      }
    },
  };
}

async function initialise(folder: string, walFolder: string, configuration: string): Promise<void> {
  const passwordFile = `${walFolder}.password`;
  writeFileSync(passwordFile, SUPERUSER.password);
  giveToUser(passwordFile);
  const args = [
    '-D',
    folder,
    '-U',
    SUPERUSER.user,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
  ];
  await runProgram(join(BINARIES, 'initdb'), [
    ...args,
    '-N',
    `--pwfile=${passwordFile}`,
    `--waldir=${walFolder}`,
  ]);
  appendFileSync(join(folder, 'postgresql.conf'), configuration);
}

/** `pg_basebackup -R`, through the source's line. */
async function copy(source: PairNode, node: PairNode): Promise<void> {
  rmSync(node.folder, { recursive: true, force: true });
  mkdirSync(node.folder);
  giveToUser(node.folder);
  chmodSync(node.folder, 0o700);
  const { user, password } = SUPERUSER;
  const from = `host=127.0.0.1 port=${source.replication.port} user=${user} password=${password} application_name=${node.name}`;
  await runProgram(join(BINARIES, 'pg_basebackup'), [
    '-D',
    node.folder,
    '-d',
    from,
    '-R',
    '-c',
    'fast',
    '-X',
    'stream',
  ]);
}

function createNode(node: PostgresNode & { replication: Line }): PairNode {
  const control = (...args: string[]): Promise<void> =>
    runProgram(join(BINARIES, 'pg_ctl'), [...args, '-D', node.folder]);
  const query: PairNode['query'] = (sql, values) => queryNode(node.port, sql, values);
  return {
    ...node,
    query,
    async start() {
      rmSync(join(node.folder, 'postmaster.pid'), { force: true });
      startDaemon(join(BINARIES, 'postgres'), ['-D', node.folder, '-p', String(node.port)]);
      await waitUntil(
        () =>
          query('select 1').then(
            () => true,
            () => false,
          ),
        (answers) => answers,
      );
    },
    stop: (mode) =>
      postmasterOf(node) > 0 ? control('stop', '-w', '-m', mode) : Promise.resolve(),
    signal: (signal) => signalNode(node, signal),
    async waitForStandby(wait) {
      await query(`alter system set synchronous_standby_names = '${wait ? '*' : ''}'`);
      await query('select pg_reload_conf()');
    },
    async promote() {
      await control('promote', '-W');
      await waitUntil(
        () => isPrimary(node.port),
        (primary) => primary,
      );
    },
  };
}
