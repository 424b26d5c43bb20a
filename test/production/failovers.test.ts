import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { tell } from '../support/publishing';
import { fill } from '../support/small-disk';
import { waitUntil } from '../support/wait-until';
import { createFolder, giveToUser } from './support/daemon';
import {
  type Databases,
  pairDatabases,
  type PairDatabases,
  patroniDatabases,
  type PatroniDatabases,
  startInstances,
  ROLE,
  urlAt,
} from './support/ground';
import { observe, type Outcome } from './support/observe';
import type { PatroniNode } from './support/patroni';
import { type Pgbouncer, startPgbouncer } from './support/pgbouncer';
import { isPrimary, SUPERUSER } from './support/postgres-node';

/** How long a fault lasts that ends by itself, in milliseconds. */
const FAULT_MS = 20_000;
const FAILOVER_MS = 60_000;

/** A way in which PostgreSQL fails or fails over. */
interface Way<On extends Databases = Databases> {
  name: string;
  /** Commits may be lost by the database: its replication is asynchronous. */
  mayLose?: boolean;
  prepare(): Promise<On>;
  /** What CareerHooks gets as its database; else HAProxy. */
  url?(databases: On): string;
  /** Brings it about and, where it does not mend itself, mends it. */
  happen(databases: On): Promise<void>;
}

/** Makes one list of ways that are prepared in different ways. */
function way<On extends Databases>(given: Way<On>): Way {
  return given;
}

/** The primary, and the one that is to take over. */
async function rolesOf({ cluster }: PatroniDatabases): Promise<[PatroniNode, PatroniNode]> {
  const primary = await cluster.primary();
  return [primary, cluster.nodes.find((node) => node !== primary)!];
}

async function promoted({ port }: PatroniNode): Promise<void> {
  await waitUntil(
    () => isPrimary(port),
    (primary) => primary,
    FAILOVER_MS,
  ).catch(() => {
    throw new Error('The standby was not promoted.');
  });
}

/** Kills a primary of which the standby has not heard for 2.5 s. */
async function killAhead(databases: PatroniDatabases): Promise<void> {
  const [primary, standby] = await rolesOf(databases);
  primary.lines.replication.silence(true);
  await sleep(2_500);
  primary.signal('SIGKILL');
  primary.lines.replication.cut();
  await promoted(standby);
}

/** Patroni hangs without a watchdog: another is promoted, and the old one goes on for 20 s. */
async function fenceLate(databases: PatroniDatabases): Promise<void> {
  const [primary, standby] = await rolesOf(databases);
  primary.signalPatroni('SIGSTOP');
  await promoted(standby);
  await sleep(20_000);
  primary.signal('SIGKILL');
}

const patroniWays = [
  way({
    name: 'switchover',
    prepare: () => patroniDatabases({ replication: 'sync' }),
    happen: ({ cluster }) => cluster.switchover(),
  }),
  way({
    name: 'switchover, behind checks each 3 s that keep connections',
    prepare: () =>
      patroniDatabases({ replication: 'sync', shutdownSessions: false, slowChecks: true }),
    happen: ({ cluster }) => cluster.switchover(),
  }),
  way({
    name: 'primary killed, asynchronous standby in step',
    mayLose: true,
    prepare: () => patroniDatabases({ replication: 'async' }),
    async happen(databases) {
      const [primary, standby] = await rolesOf(databases);
      primary.signal('SIGKILL');
      await promoted(standby);
    },
  }),
  way({
    name: 'primary killed, asynchronous standby 2.5 s behind',
    mayLose: true,
    prepare: () => patroniDatabases({ replication: 'async' }),
    happen: killAhead,
  }),
  way({
    name: 'primary killed, synchronous standby 2.5 s behind',
    prepare: () => patroniDatabases({ replication: 'sync' }),
    happen: killAhead,
  }),
  way({
    name: 'old primary fenced 20 s late, connections kept (asynchronous)',
    mayLose: true,
    prepare: () => patroniDatabases({ replication: 'async', shutdownSessions: false }),
    happen: fenceLate,
  }),
  way({
    name: 'old primary fenced 20 s late, connections shut down (asynchronous)',
    mayLose: true,
    prepare: () => patroniDatabases({ replication: 'async' }),
    happen: fenceLate,
  }),
  way({
    name: 'machine of the primary hangs, and is back after the failover',
    prepare: () => patroniDatabases({ replication: 'sync' }),
    async happen(databases) {
      const [primary, standby] = await rolesOf(databases);
      primary.signal('SIGSTOP');
      await promoted(standby);
      await sleep(5_000);
      primary.signal('SIGCONT');
      await sleep(5_000);
    },
  }),
  way({
    name: 'network of the primary silent, and back after the failover',
    prepare: () => patroniDatabases({ replication: 'sync', viaLines: true }),
    async happen(databases) {
      const [primary, standby] = await rolesOf(databases);
      const lines = Object.values(primary.lines);
      for (const line of lines) line.silence(true);
      // Its way to etcd is silent, too.
      primary.signalPatroni('SIGSTOP');
      await promoted(standby);
      await sleep(5_000);
      for (const line of lines) line.silence(false);
      primary.signalPatroni('SIGCONT');
      await sleep(5_000);
    },
  }),
  way({
    name: 'strictly synchronous standby dead, and back',
    prepare: () => patroniDatabases({ replication: 'strict' }),
    async happen(databases) {
      const [, standby] = await rolesOf(databases);
      standby.signal('SIGKILL');
      await sleep(30_000);
      standby.start();
    },
  }),
];

/** A file system of 96 MiB, which is all that the primary's data has; its WAL lies apart. */
async function onSmallDisk(): Promise<PairDatabases & { folder: string }> {
  const folder = createFolder('small');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', folder]);
  giveToUser(folder);
  const databases = await pairDatabases({ dataFolder: join(folder, 'data') });
  return {
    ...databases,
    folder,
    async stop() {
      await databases.stop();
      execFileSync('umount', ['--lazy', folder]);
    },
  };
}

/** Connects as CareerHooks does, as often as the server lets it. */
async function takeConnections(port: number): Promise<Client[]> {
  const clients: Client[] = [];
  for (;;) {
    const client = new Client(urlAt(port));
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      return clients;
    }
    clients.push(client);
  }
}

const pairWays = [
  way({
    name: 'data disk full',
    prepare: onSmallDisk,
    async happen({ folder }) {
      const ballast = join(folder, 'ballast');
      fill(ballast);
      await sleep(FAULT_MS);
      rmSync(ballast);
    },
  }),
  way({
    name: 'events and deliveries locked for 30 s',
    prepare: pairDatabases,
    async happen({ pair: { primary } }: PairDatabases) {
      const { port } = primary;
      const client = new Client({ ...SUPERUSER, host: '127.0.0.1', port, database: 'careerhooks' });
      await client.connect();
      await client.query('begin; lock table events, deliveries in access exclusive mode');
      await sleep(30_000);
      await client.end();
    },
  }),
  way({
    name: 'all connections led to a standby',
    prepare: pairDatabases,
    async happen({ checks }: PairDatabases) {
      checks[0].says = false;
      checks[1].says = true;
      await sleep(FAULT_MS);
      for (const check of checks) check.says = undefined;
    },
  }),
  way({
    name: 'primary restarted',
    prepare: pairDatabases,
    async happen({ pair: { primary } }: PairDatabases) {
      await primary.stop('fast');
      await primary.start();
    },
  }),
  way({
    name: 'HAProxy killed, and started again after 3 s',
    prepare: pairDatabases,
    async happen({ haproxy }: PairDatabases) {
      await haproxy.kill();
      await sleep(3_000);
      await haproxy.start();
    },
  }),
  way({
    name: 'connections exhausted by others',
    prepare: pairDatabases,
    async happen({ pair: { primary } }: PairDatabases) {
      const before = await takeConnections(primary.port);
      await primary.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'careerhooks%'",
      );
      const clients = [...before, ...(await takeConnections(primary.port))];
      await sleep(FAULT_MS);
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
    },
  }),
];

/** Those behind a pooler. */
const pgbouncerWays = (['session', 'transaction'] as const).map((poolMode) =>
  way({
    name: `PgBouncer (${poolMode}) paused for 10 s, then killed and started again`,
    async prepare(): Promise<Databases & { pgbouncer: Pgbouncer }> {
      const databases = await pairDatabases();
      const databasePort = databases.haproxy.port;
      const pgbouncer = await startPgbouncer({ ...ROLE, databasePort, poolMode });
      return {
        ...databases,
        pgbouncer,
        async stop() {
          await pgbouncer.kill();
          await databases.stop();
        },
      };
    },
    url: ({ pgbouncer }) => urlAt(pgbouncer.port),
    async happen({ pgbouncer }) {
      // In session mode it waits for clients that stay for good.
      void pgbouncer.command('pause').catch(() => undefined);
      await sleep(10_000);
      await pgbouncer.kill();
      await sleep(1_000);
      await pgbouncer.start();
    },
  }),
);

async function measure(given: Way): Promise<Outcome> {
  const databases = await given.prepare();
  try {
    const instances = await startInstances(given.url?.(databases) ?? databases.url);
    try {
      return await observe(databases, instances, () => given.happen(databases));
    } finally {
      await instances.stop();
    }
  } finally {
    await databases.stop();
  }
}

const HEADINGS = [
  'way',
  'accepted',
  'lost',
  'not in the database',
  'twice',
  'refused by what',
  'slowest answer',
  'longest time without a 202',
  'refused or slow while ready',
  'longest untrue readiness',
  'connections',
];

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function rowOf(name: string, outcome: Outcome): string {
  const refusals = outcome.refusals.map(([what, count]) => `${count} × ${what}`).join(', ');
  const cells = [
    name,
    outcome.accepted,
    outcome.lost.length,
    outcome.unknown.length,
    outcome.twice,
    refusals || 'none',
    seconds(outcome.slowestMs),
    seconds(outcome.withoutMs),
    outcome.refusedWhileReady,
    seconds(outcome.untrueMs),
    outcome.connections,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** How often each message was logged, with what it is about. */
function tellErrors(errors: readonly Record<string, unknown>[]): void {
  const counts = new Map<string, number>();
  for (const { msg, err } of errors) {
    const { message = '' } = (err ?? {}) as { message?: string };
    const line = `${String(msg)} ${message}`.replaceAll(/\s+/g, ' ').slice(0, 200);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  for (const [line, count] of counts) tell(`  logged ${count} times: ${line}`);
}

/** Where the rows are written to, beside the terminal. */
const TABLE = process.env.FAILOVERS_TABLE;
/** Two servers and a worker: docs/production.md has what each needs. */
const CONNECTIONS = 10 + 10 + 11;

const atLength = process.env.FAILOVERS === '1' ? describe : describe.skip;

atLength('PostgreSQL that fails over', () => {
  beforeAll(() => {
    tell(`| ${HEADINGS.join(' | ')} |`);
  });

  it.each([...patroniWays, ...pairWays, ...pgbouncerWays])(
    '$name',
    async (given) => {
      const outcome = await measure(given).catch((error: unknown) => {
        tell(`| ${given.name} | ${String(error)} |`);
        throw error;
      });
      const row = rowOf(given.name, outcome);
      tell(row);
      tellErrors(outcome.errors);
      if (TABLE !== undefined) appendFileSync(TABLE, `${row}\n`);
      if (given.mayLose !== true) expect(outcome.lost).toEqual([]);
      expect(outcome.refusals.filter(([what]) => what.startsWith('500'))).toEqual([]);
      // Of what is measured ten times a second, on a machine that has more to do.
      expect(outcome.untrueMs).toBeLessThan(1_500);
      expect(outcome.connections).toBeLessThanOrEqual(CONNECTIONS);
    },
    300_000,
  );
});
