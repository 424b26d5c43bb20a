import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventIdOf, register } from '../../support/publishing';
import {
  type CareerHooksProcess,
  runCareerHooks,
  startCareerHooksProcess,
  type TestProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts, startTestTemporal } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { type Haproxy, type HealthCheck, startHaproxy, startHealthCheck } from './haproxy';
import { type PatroniCluster, type Replication, startPatroni } from './patroni';
import { isPrimary, queryNode } from './postgres-node';
import { type PostgresPair, startPostgresPair } from './postgres-pair';

/** Two PostgreSQL behind a HAProxy, with an empty database for CareerHooks. */
export interface Databases {
  url: string;
  /** Where each of the two listens. */
  ports: readonly [number, number];
  haproxy: Haproxy;
  stop(): Promise<void>;
}

export interface PatroniDatabases extends Databases {
  cluster: PatroniCluster;
}

/** Without Patroni: HAProxy asks the test which one is the primary. */
export interface PairDatabases extends Databases {
  pair: PostgresPair;
  checks: readonly [HealthCheck, HealthCheck];
}

/** Whom CareerHooks connects as; its database has the same name. */
export const ROLE = { user: 'careerhooks', password: 'of-careerhooks' };

async function createDatabase(port: number): Promise<void> {
  await queryNode(port, `create role ${ROLE.user} login password '${ROLE.password}'`);
  await queryNode(port, `create database ${ROLE.user} owner ${ROLE.user}`);
}

/** As CareerHooks connects. */
export function urlAt(port: number): string {
  return `postgres://${ROLE.user}:${ROLE.password}@127.0.0.1:${port}/${ROLE.user}`;
}

/** @param options.viaLines HAProxy reaches PostgreSQL over each node's line for clients. */
export async function patroniDatabases(options: {
  replication: Replication;
  shutdownSessions?: boolean;
  slowChecks?: boolean;
  viaLines?: boolean;
}): Promise<PatroniDatabases> {
  const cluster = await startPatroni(options.replication);
  const [first, second] = cluster.nodes;
  await createDatabase(first.port);
  const backends = [first, second].map(({ port, checkPort, lines }) => ({
    port: options.viaLines === true ? lines.clients.port : port,
    checkPort,
  }));
  const haproxy = await startHaproxy([backends[0]!, backends[1]!], {
    shutdownSessions: options.shutdownSessions ?? true,
    slowChecks: options.slowChecks ?? false,
  });
  return {
    url: urlAt(haproxy.port),
    ports: [first.port, second.port],
    haproxy,
    cluster,
    async stop() {
      await haproxy.kill();
      await cluster.kill();
    },
  };
}

export async function pairDatabases(
  options: NonNullable<Parameters<typeof startPostgresPair>[0]> = {},
): Promise<PairDatabases> {
  const pair = await startPostgresPair(options);
  const ports = [pair.primary.port, pair.standby.port] as const;
  await createDatabase(pair.primary.port);
  const checks = [await startHealthCheck(ports[0]), await startHealthCheck(ports[1])] as const;
  const haproxy = await startHaproxy([
    { port: ports[0], checkPort: checks[0].port },
    { port: ports[1], checkPort: checks[1].port },
  ]);
  return {
    url: urlAt(haproxy.port),
    ports,
    haproxy,
    pair,
    checks,
    async stop() {
      await haproxy.kill();
      for (const check of checks) check.close();
      pair.kill();
    },
  };
}

/** Two servers and a worker on one database and one Temporal, and a receiver of every event. */
export interface Instances {
  servers: CareerHooksProcess[];
  worker: TestProcess;
  receiver: TestReceiver;
  /** Ids of the events that it took so far. */
  received(): string[];
  /** Kills them. */
  stop(): Promise<void>;
}

export async function startInstances(databaseUrl: string): Promise<Instances> {
  const [temporal, receiver] = await Promise.all([startTestTemporal(), startTestReceiver()]);
  const settings = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    CAREERHOOKS_ADMIN_TOKEN: randomBytes(32).toString('hex'),
    CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
    CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'warn',
  };
  const ports = (await freePorts(3)).map(String);
  const first = await startServer({ ...settings, PORT: ports[0]! });
  const second = await startServer({ ...settings, PORT: ports[1]! });
  const worker = runCareerHooks(['worker'], { ...settings, WORKER_PORT: ports[2]! });
  await waitUntil(
    () =>
      fetch(`http://127.0.0.1:${ports[2]!}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ready) => ready,
    60_000,
  );
  await register(first.call, receiver.url);
  receiver.answer = refuseSome();
  return {
    servers: [first, second],
    worker,
    receiver,
    received: () =>
      receiver.requests.filter(({ answered }) => answered?.status === 200).map(eventIdOf),
    async stop() {
      await Promise.all([first, second, worker].map((each) => each.end('SIGKILL')));
      await receiver.stop();
      await temporal.stop();
    },
  };
}

/** A start takes no database that needs more than 3 s to connect, as a busy machine's may: once more. */
function startServer(settings: Record<string, string>): Promise<CareerHooksProcess> {
  const start = () => startCareerHooksProcess(settings, 'server');
  return start().catch(start);
}

/** Refuses three of ten events once: until the next attempt, the database and Temporal alone have them. */
function refuseSome(): TestReceiver['answer'] {
  const refused = new Set<string>();
  return (request) => {
    const id = eventIdOf(request);
    if (!/[048]$/.test(id) || refused.has(id)) return {};
    refused.add(id);
    return { status: 503 };
  };
}

/** Ids of the events that the primary has. */
export async function storedEvents({ ports }: Databases): Promise<Set<string>> {
  for (const port of ports) {
    if (!(await isPrimary(port))) continue;
    const rows = await queryNode(port, 'select id from events', [], ROLE.user);
    return new Set(rows.map(({ id }) => String(id)));
  }
  throw new Error('There is no primary.');
}

/** Counts CareerHooks' connections to each of the two, once a second; whoever does not answer has none. */
export function countConnections({ ports }: Databases): {
  /** The most so far on one of the two. */
  most(): number;
  stop(): Promise<void>;
} {
  const sql = 'select count(*)::int as count from pg_stat_activity where application_name like $1';
  const stopping = new AbortController();
  let most = 0;
  const watch = async (port: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const rows = await queryNode(port, sql, ['careerhooks%']).catch(() => []);
      most = Math.max(most, Number(rows[0]?.count ?? 0));
      await sleep(1_000);
    }
  };
  const running = Promise.all(ports.map(watch));
  return {
    most: () => most,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
