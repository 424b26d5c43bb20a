import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  duplicates,
  eventIdOf,
  register,
  tell,
  waitForAll,
} from '../integration/faults/publishing';
import { describeWith } from '../interop/support/describe-with';
import { type Cluster, createCluster } from '../support/cluster';
import { type CareerHooksProcess, startCareerHooksProcess } from '../support/process';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { freePorts } from '../support/temporal';
import { waitUntil } from '../support/wait-until';
import { PROXIES, type Proxy, startProxy } from './support/proxies';
import { startTraffic, type Traffic } from './support/traffic';

const START_MS = 120_000;
/** Through each proxy, while the servers are replaced. */
const PUBLICATIONS = Number(process.env.ROLLING_PUBLICATIONS ?? 200);

let cluster: Cluster;
let receiver: TestReceiver;
let ports: number[];
let servers: CareerHooksProcess[];
let proxies: Proxy[];

async function startServer(port: number): Promise<CareerHooksProcess> {
  const server = await startCareerHooksProcess(
    {
      ...cluster.settings,
      PORT: String(port),
      TRUST_PROXY: '1',
      CV_ALLOW_IPS: '127.0.0.2',
      CAREERHOOKS_DRAIN_SECONDS: process.env.DRAIN ?? '5',
    },
    'server',
  );
  await waitUntil(
    () => server.call('GET', '/readyz'),
    ({ status }) => status === 200,
    60_000,
  );
  return server;
}

async function replace(index: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const { code } = await servers[index]!.end(signal);
  if (signal === 'SIGTERM') expect(code).toBe(0);
  servers[index] = await startServer(ports[index]!);
}

describeWith([...PROXIES, 'openssl'], 'servers behind a proxy of deploy/proxies', () => {
  beforeAll(async () => {
    cluster = await createCluster();
    [receiver, ports] = await Promise.all([startTestReceiver(), freePorts(2)]);
    servers = await Promise.all(ports.map(startServer));
    await cluster.startWorker();
    await register(servers[0]!.call, receiver.url);
    proxies = await Promise.all(
      PROXIES.map((name) => startProxy(name, ports, process.env[`FILE_${name}`])),
    );
  }, START_MS);

  afterAll(async () => {
    await cluster.stop();
    await receiver.stop();
  }, START_MS);

  it('are replaced one after the other, and nothing is refused', async () => {
    const traffic = proxies.map((proxy) => startTraffic(proxy, servers[0]!.token));
    let rounds = 0;
    await sleep(1_000);
    while (traffic.some((each) => each.published() < PUBLICATIONS)) {
      await replace(0);
      await replace(1);
      rounds += 1;
    }
    await Promise.all(traffic.map((each) => each.stop()));
    traffic.forEach((each, index) => {
      tell(
        `${proxies[index]!.name}: ${rounds} rounds, of ${each.published()} events and ${each.read()} ` +
          `questions ${each.refused.length} refused, the slowest ${each.slowestMs()} ms`,
      );
    });
    for (const each of traffic) tell(each.refused.slice(0, 12).join('\n'));
    expect(traffic.map((each) => each.refused)).toEqual(traffic.map(() => []));
    const all = traffic.flatMap((each) => each.accepted);
    await waitForAll(receiver, all, 60_000);
    expect(duplicates(receiver)).toEqual([]);
    expect(new Set(receiver.requests.map(eventIdOf)).size).toBe(all.length);
  }, 900_000);
});
