import type { WakeUp } from '@careerhooks/store';
import type { BurstOutcome } from '@careerhooks/workflows';
import { Client, Connection } from '@temporalio/client';
import { openConfiguredStore } from '../../../cli/src/open-store';
import { readSettings } from '../../../cli/src/settings';
import { type Cluster, createCluster, type WorkerProcess } from '../../support/cluster';
import type { CallApi } from '../../support/call-api';
import type { CareerHooksProcess } from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import {
  duplicates,
  event,
  eventIdOf,
  publish,
  recordedAsDelivered,
  register,
  tell,
  timesReceived,
  waitForAll,
} from '../../support/publishing';

const START_MS = 120_000;

let cluster: Cluster;
let receiver: TestReceiver;
let servers: CareerHooksProcess[];
let workers: WorkerProcess[];

function anyServer(): CareerHooksProcess {
  return servers.at(-1)!;
}

/** Publishes over all servers in turn. */
const overAll: CallApi = (() => {
  let turn = 0;
  return (...call) => servers[turn++ % servers.length]!.call(...call);
})();

/** Resolves once each of an endpoint's deliveries has this status. */
async function untilAll(endpoint: string, status: string, count: number): Promise<void> {
  await waitUntil(
    () => anyServer().call('GET', `/v1/stats?endpoint=${endpoint}`),
    ({ body }) => body.deliveries.by_status[status] === count,
    60_000,
  );
}

/** What the bursts of all workers came to, once each has ended. */
async function burstOutcomes(): Promise<BurstOutcome[]> {
  const connection = await Connection.connect({ address: cluster.settings.TEMPORAL_ADDRESS! });
  const { workflow } = new Client({ connection });
  const outcomes: BurstOutcome[] = [];
  for await (const { workflowId } of workflow.list({ query: "WorkflowType = 'burst'" })) {
    outcomes.push((await workflow.getHandle(workflowId).result()) as BurstOutcome);
  }
  await connection.close();
  return outcomes;
}

describe('several servers and workers on one database and one Temporal', () => {
  beforeAll(async () => {
    cluster = await createCluster();
    // All at once, on a database without a table and a Temporal without a schedule.
    [servers, workers] = await Promise.all([
      Promise.all([cluster.startServer(), cluster.startServer()]),
      Promise.all([cluster.startWorker(), cluster.startWorker()]),
    ]);
  }, START_MS);

  afterAll(async () => {
    const processes = [...servers, ...workers];
    await Promise.all(processes.map((process) => process.end('SIGTERM')));
    await cluster.stop();
  }, START_MS);

  beforeEach(async () => {
    receiver = await startTestReceiver();
  });

  afterEach(async () => {
    const { body } = await anyServer().call('GET', '/v1/endpoints?limit=100');
    for (const { id } of body.data as { id: string }[]) {
      await anyServer().call('DELETE', `/v1/endpoints/${id}`);
    }
    await receiver.stop();
  });

  it('come up at once on an empty database, and say that they are ready', async () => {
    for (const { call } of servers) {
      const { status } = await call('GET', '/readyz');
      expect(status).toBe(200);
    }
    for (const { get } of workers) {
      expect(await get('/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
      expect(JSON.parse((await get('/readyz')).text)).toEqual({
        status: 'ready',
        database: 'ok',
        temporal: 'ok',
      });
      expect((await get('/metrics')).text).toContain('careerhooks_deliveries_unfinished');
      expect((await get('/v1/events')).status).toBe(404);
    }
  });

  it('say in their logs that endpoints may have any address, out of production', () => {
    for (const process of [...servers, ...workers]) {
      expect(process.output()).toMatch(/"level":40,.*"msg":"endpoints: any address, http too/);
    }
  });

  it('deliver each of 300 events once', async () => {
    const endpoint = await register(anyServer().call, receiver.url);
    // Slow enough that the attempts of both workers overlap.
    receiver.answer = (_, index) => ({ delayMs: (index % 5) * 100 });
    const startedAt = Date.now();
    const published = await publish(overAll, { prefix: 'each', count: 300, clients: 8 });
    const publishedAt = Date.now();
    expect(published.refused.size).toBe(0);
    await waitForAll(receiver, published.accepted, 60_000);
    tell(
      `300 events published in ${publishedAt - startedAt} ms, the last received ` +
        `${receiver.requests.at(-1)!.at - publishedAt} ms later`,
    );
    await untilAll(endpoint, 'delivered', 300);
    expect(duplicates(receiver)).toEqual([]);
    expect(receiver.requests).toHaveLength(300);
    const bursts = await burstOutcomes();
    expect(bursts.filter(({ interrupted }) => interrupted)).toEqual([]);
    expect(bursts.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBeGreaterThan(0);
  });

  it('keep the order of an ordered endpoint, one at a time', async () => {
    let underWay = 0;
    let most = 0;
    receiver.answer = () => {
      most = Math.max(most, (underWay += 1));
      setTimeout(() => (underWay -= 1), 20);
      return { delayMs: 20 };
    };
    await register(anyServer().call, receiver.url, { ordered: true });
    const published = await publish(overAll, { prefix: 'ordered', count: 40, clients: 1 });
    await waitForAll(receiver, published.accepted, 60_000);
    expect(receiver.requests.map(eventIdOf)).toEqual(published.accepted);
    expect(most).toBe(1);
  });

  it('challenge and test an endpoint in the server itself', async () => {
    const id = await register(anyServer().call, receiver.url, { verify: true });
    const { body } = await anyServer().call('GET', `/v1/endpoints/${id}`);
    expect([body.status, receiver.challenges.length]).toEqual(['active', 1]);
    const tested = await anyServer().call('POST', `/v1/endpoints/${id}/test`);
    expect(tested.body).toMatchObject({ delivered: true, status_code: 200 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('retries now and cancels, from a server, what a worker carries', async () => {
    const { call } = anyServer();
    await register(call, receiver.url);
    receiver.answer = () => ({ status: 503, headers: { 'retry-after': '3600' } });
    const [first, second] = await Promise.all(
      ['hurried', 'cancelled'].map(async (id) => {
        const { body } = await call('POST', '/v1/events', event(id));
        const list = await waitUntil(
          () => call('GET', `/v1/deliveries?event=${String(body.id)}`),
          (answer) => answer.body.data[0]?.status === 'retrying',
        );
        return list.body.data[0].id as string;
      }),
    );
    receiver.answer = () => ({});
    await call('POST', `/v1/deliveries/${first}/retry`);
    await waitUntil(
      () => call('GET', `/v1/deliveries/${first}`),
      ({ body }) => body.status === 'delivered',
    );
    const { body } = await call('POST', `/v1/deliveries/${second}/cancel`);
    expect(body.status).toBe('cancelled');
    expect(receiver.requests.map(eventIdOf).filter((id) => id === 'cancelled')).toHaveLength(1);
  });

  it('carry on, in a worker, a change of the CV that a server took', async () => {
    const { call } = anyServer();
    const made = await call('POST', '/v1/keys', { system: 'cv', scopes: ['publish', 'manage'] });
    const token = made.body.token as string;
    await call(
      'POST',
      '/v1/endpoints',
      { url: receiver.url, events: ['cv.*'], verify: false },
      { token },
    );
    const name = { action: 'update', section: 'personalInfo', data: { name: 'Ada Example' } };
    const changed = await call('POST', '/v1/cv/changes', name, { token });
    const change = await waitUntil(
      () => call('GET', `/v1/cv/changes/${changed.body.id}`, undefined, { token }),
      ({ body }) => body.status !== 'processing',
    );
    expect(change.body.status).toBe('completed');
    const pdf = await call('GET', '/v1/cv/pdf', undefined, { token });
    expect(pdf.headers.get('x-cv-version')).toBe('1');
    const types = (await receiver.waitFor(2)).map(
      ({ body }) => /cv\.\w+/.exec(body.toString())?.[0],
    );
    expect(types).toContain('cv.updated');
  });

  it('a worker that stood still does not send what others have taken since', async () => {
    const endpoint = await register(anyServer().call, receiver.url);
    receiver.answer = () => ({ delayMs: 500 });
    const published = await publish(overAll, { prefix: 'still', count: 100, clients: 16 });
    const [still, other] = workers as [WorkerProcess, WorkerProcess];
    process.kill(still.pid, 'SIGSTOP');
    const stoodAt = Date.now();
    await waitForAll(receiver, published.accepted, 60_000);
    await untilAll(endpoint, 'delivered', 100);
    // What the one had on the wire was made again by the other when its lease had run out.
    const before = timesReceived(receiver);
    process.kill(still.pid, 'SIGCONT');
    await waitUntil(
      () => still.get('/readyz'),
      ({ status }) => status === 200,
    );
    receiver.answer = () => ({});
    const more = await publish(overAll, { prefix: 'after', count: 40, clients: 4 });
    await waitForAll(receiver, more.accepted, 60_000);
    workers = [other, await cluster.startWorker()];
    expect(await still.end('SIGTERM')).toMatchObject({ code: 0 });
    const again = receiver.requests.filter(
      (request) => request.at > stoodAt && before.has(eventIdOf(request)),
    );
    tell(
      `a worker stood still: the last of 100 came ${Math.max(...again.map(({ at }) => at)) - stoodAt} ms later`,
    );
    const after = timesReceived(receiver);
    expect([...before].filter(([id, times]) => after.get(id) !== times)).toEqual([]);
  });

  it('a worker that is told to stop ends its attempts, and nothing is made twice', async () => {
    const endpoint = await register(anyServer().call, receiver.url);
    receiver.answer = () => ({ delayMs: 1_500 });
    const published = await publish(overAll, { prefix: 'drained', count: 30, clients: 8 });
    await receiver.waitFor(10);
    const [, leaving] = workers;
    workers = workers.filter((worker) => worker !== leaving);
    const { code, tookMs } = await leaving!.end('SIGTERM');
    expect([code, leaving!.output()]).toEqual([0, expect.stringMatching(/Stopped\.\n$/)]);
    await waitForAll(receiver, published.accepted, 60_000);
    await untilAll(endpoint, 'delivered', 30);
    expect(duplicates(receiver)).toEqual([]);
    tell(`a worker with attempts of 1500 ms under way stopped after ${tookMs} ms`);
  });

  it('take a moment from a server to a receiver', async () => {
    await register(anyServer().call, receiver.url);
    const latencies: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      const askedAt = Date.now();
      await anyServer().call('POST', '/v1/events', event(`latency_${index}`));
      const requests = await receiver.waitFor(index + 1);
      latencies.push(requests[index]!.at - askedAt);
    }
    latencies.sort((left, right) => left - right);
    const at = (share: number): number => latencies[Math.floor(latencies.length * share)]!;
    tell(
      `one worker, ${latencies.length} events one after the other, from request to receiver: ` +
        `median ${at(0.5)} ms, 90 % ${at(0.9)} ms, most ${latencies.at(-1)} ms`,
    );
  });

  it('have the workers told of what a server has accepted', async () => {
    const store = await openConfiguredStore(readSettings(cluster.settings), { journal: false });
    const heard: WakeUp[] = [];
    const listening = store.listen?.({
      heard: (wakeUp) => heard.push(wakeUp),
      lost: () => undefined,
    });
    await register(anyServer().call, receiver.url);
    await waitUntil(
      () => Promise.resolve(heard),
      () => heard.includes('cv'),
    );
    heard.length = 0;
    await anyServer().call('POST', '/v1/events', event('told'));
    await waitUntil(
      () => Promise.resolve(heard),
      () => heard.length > 0,
    );
    expect(new Set(heard)).toEqual(new Set(['deliveries']));
    await receiver.waitFor(1);
    await listening?.stop();
    await store.close();
  });

  it('lose nothing when a worker and a server are killed', async () => {
    workers.push(await cluster.startWorker());
    const endpoint = await register(anyServer().call, receiver.url);
    receiver.answer = () => ({ delayMs: 300 });
    const [server, stays] = servers as [CareerHooksProcess, CareerHooksProcess];
    const [worker] = workers as [WorkerProcess];
    let killed: Promise<unknown> | undefined;
    // Producers try the other server where one does not answer.
    const eitherServer: CallApi = (...call) => overAll(...call).catch(() => stays.call(...call));
    const published = await publish(eitherServer, {
      prefix: 'killed',
      count: 300,
      clients: 12,
      pauseMs: 50,
      onAccepted: (accepted) => {
        if (accepted !== 150) return;
        killed = Promise.all([server.end('SIGKILL'), worker.end('SIGKILL')]);
      },
    });
    await killed;
    servers = [stays];
    workers = workers.filter((other) => other !== worker);
    const recorded = await recordedAsDelivered(cluster.settings);
    const before = timesReceived(receiver);
    const killedAt = Date.now();
    await waitForAll(receiver, published.accepted, 60_000);
    const lastMs = Math.max(...receiver.requests.map(({ at }) => at)) - killedAt;
    await untilAll(endpoint, 'delivered', published.accepted.length);
    const twice = duplicates(receiver);
    tell(
      `${published.accepted.length} accepted, ${published.accepted.length - before.size} missing ` +
        `when the publications ended, the last came ${lastMs} ms later; ${twice.length} came twice`,
    );
    expect(published.accepted).toHaveLength(300);
    const after = timesReceived(receiver);
    expect(twice.filter((id) => recorded.has(id) && after.get(id) !== before.get(id))).toEqual([]);
  });

  it('make a slow first attempt once while Temporal is away, and start without it', async () => {
    workers.push(await cluster.startWorker());
    const endpoint = await register(anyServer().call, receiver.url);
    receiver.answer = () => ({ delayMs: 8_000 });
    await cluster.stopTemporal();
    await anyServer().call('POST', '/v1/events', event('slow'));
    const late = await cluster.startServer();
    servers.push(late);
    const { status } = await late.call('POST', '/v1/events', event('late'));
    expect(status).toBe(202);
    await untilAll(endpoint, 'delivered', 2);
    expect(receiver.requests.map(eventIdOf).sort()).toEqual(['late', 'slow']);
    for (const { get } of workers) {
      await waitUntil(
        () => get('/readyz'),
        ({ status: readiness }) => readiness === 503,
      );
    }
    // A server that was connected once tells the truth, too.
    for (const { call } of servers) {
      expect(await call('GET', '/readyz')).toMatchObject({
        status: 200,
        body: { status: 'ready', temporal: 'away' },
      });
    }
  });
});
