import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { endWithParent } from '../../../temporal/src/end-with-parent';
import { run } from '../../interop/support/run';
import { createDatabase } from '../../support/databases';
import { startProcess, type TestProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { installTemporal, type TemporalPrograms } from './install-temporal';
import { startTcpBalancer } from './tcp-balancer';

type Service = 'frontend' | 'history' | 'matching' | 'worker';

/** One of the processes that a Temporal server consists of. */
interface TemporalProcess {
  service: Service;
  /** By SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  /** Starts it again, on the ports that it had; resolves once it listens. */
  start(): Promise<void>;
}

/** A Temporal server as production has it: a process for each part of it, on PostgreSQL. */
export interface TemporalCluster {
  /** Of the balancer before the frontends, for `TEMPORAL_ADDRESS`. */
  address: string;
  /** What it stores is here: the URLs of the two databases. */
  databases: { default: string; visibility: string };
  of(service: Service): TemporalProcess[];
  /** Makes the namespace, as Temporal's own auto-setup does some seconds after its port opens. */
  makeNamespace(name?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Seven processes. */
const PROCESSES: readonly Service[] = [
  ...['frontend', 'frontend', 'history', 'history', 'matching', 'matching', 'worker'],
] as Service[];

const LISTENS_WITHIN_MS = 60_000;

/** Starts the seven processes; resolves once all of them listen. There is no namespace yet. */
export async function startTemporalCluster(
  options: { settings?: Record<string, unknown> } = {},
): Promise<TemporalCluster> {
  const programs = await installTemporal();
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-temporal-cluster-'));
  const [main, visibility] = [await createDatabase('postgres'), await createDatabase('postgres')];
  const urlOf = ({ location }: typeof main) => (location as { databaseUrl: string }).databaseUrl;
  const databases = { default: urlOf(main), visibility: urlOf(visibility) };
  await setUpSchema(programs, databases.default, 'temporal');
  await setUpSchema(programs, databases.visibility, 'visibility');

  const dynamicConfig = join(folder, 'dynamic.yaml');
  await writeFile(dynamicConfig, dynamicSettings(options.settings ?? {}));
  const ports = await freePorts(2 * PROCESSES.length + 1);
  const balancerPort = ports.pop() as number;
  const processes = PROCESSES.map((service, index) =>
    temporalProcess(programs, {
      service,
      grpcPort: ports[2 * index] as number,
      membershipPort: ports[2 * index + 1] as number,
      configFile: join(folder, `${index}-${service}.json`),
      dynamicConfig,
      address: `127.0.0.1:${balancerPort}`,
      databases,
    }),
  );
  // Whoever is first writes what all of them need; of several at once on a new database some end.
  const [first, ...others] = processes;
  await first?.start();
  await Promise.all(others.map((process) => process.start()));
  const frontends = processes.filter(({ service }) => service === 'frontend');
  const balancer = await startTcpBalancer(
    balancerPort,
    frontends.map(({ port }) => port),
  );

  return {
    address: balancer.address,
    databases,
    of: (service) => processes.filter((process) => process.service === service),
    makeNamespace: (name = 'default') => makeNamespace(balancer.address, name),
    async stop() {
      await balancer.stop();
      await Promise.all(processes.map((process) => process.kill()));
      await Promise.all([main.drop(), visibility.drop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As Temporal's documents do it before a first start, and before each upgrade. */
async function setUpSchema(
  { sqlTool }: TemporalPrograms,
  databaseUrl: string,
  schema: 'temporal' | 'visibility',
): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const env = {
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: hostname,
    SQL_PORT: port,
    SQL_USER: username,
    SQL_PASSWORD: decodeURIComponent(password),
    SQL_DATABASE: pathname.slice(1),
  };
  await run(sqlTool, ['setup-schema', '-v', '0.0'], { env });
  await run(sqlTool, ['update-schema', '--schema-name', `postgresql/v12/${schema}`], { env });
}

interface Part {
  service: Service;
  grpcPort: number;
  membershipPort: number;
  configFile: string;
  dynamicConfig: string;
  /** Of all frontends together. */
  address: string;
  databases: TemporalCluster['databases'];
}

function temporalProcess(
  { server }: TemporalPrograms,
  part: Part,
): TemporalProcess & { port: number } {
  const { service, grpcPort, configFile } = part;
  let running: TestProcess | undefined;
  return {
    service,
    port: grpcPort,
    async kill() {
      await running?.end('SIGKILL');
      running = undefined;
    },
    async start() {
      // JSON is YAML, too.
      await writeFile(configFile, JSON.stringify(configOf(part)));
      const flags = ['--config-file', configFile, '--allow-no-auth'];
      const started = startProcess(server, [...flags, 'start', '--service', service], {});
      running = started;
      const release = endWithParent(started.pid);
      void started.exited.then(release);
      await untilListens(grpcPort, started);
    },
  };
}

async function untilListens(port: number, process: TestProcess): Promise<void> {
  const ended = process.exited.then(() => true);
  const giveUpAt = Date.now() + LISTENS_WITHIN_MS;
  while (!(await accepts(port))) {
    if ((await Promise.race([ended, sleep(50, false)])) || Date.now() > giveUpAt) {
      throw new Error(`Temporal does not listen at ${port}:\n${process.output().slice(0, 2000)}`);
    }
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function configOf(part: Part): object {
  const { grpcPort, membershipPort, dynamicConfig, address, databases } = part;
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: {
        default: { sql: datastoreOf(databases.default, 10) },
        visibility: { sql: datastoreOf(databases.visibility, 4) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    // Each process runs one of them, and has to know of the others; where they are, they tell each other.
    services: Object.fromEntries(
      [...new Set(PROCESSES)].map((service) => [
        service,
        { rpc: { grpcPort, membershipPort, bindOnIP: '127.0.0.1' } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: address,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '10s' },
  };
}

function datastoreOf(databaseUrl: string, connections: number): object {
  const { host, username, password, pathname } = new URL(databaseUrl);
  return {
    pluginName: 'postgres12',
    databaseName: pathname.slice(1),
    connectAddr: host,
    connectProtocol: 'tcp',
    user: username,
    password: decodeURIComponent(password),
    maxConns: connections,
    maxIdleConns: connections,
    maxConnLifetime: '1h',
  };
}

/** Temporal's settings that take effect as it runs; JSON is YAML, too. */
function dynamicSettings(settings: Record<string, unknown>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, [{ value }]])),
  );
}

async function makeNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    // As auto-setup has it: a day.
    const { config } = await connection.workflowService.describeNamespace({
      namespace: 'temporal-system',
    });
    const zero = config?.workflowExecutionRetentionTtl?.seconds;
    if (!zero) throw new Error('The system namespace has no retention.');
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: zero.sub(zero).add(86_400) },
    });
  } finally {
    await connection.close();
  }
}
