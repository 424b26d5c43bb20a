import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallApi } from '../../support/call-api';
import { type Cluster, createCluster } from '../../support/cluster';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { event, eventIdOf, publish, register, tell, waitForAll } from '../../support/publishing';

/** Longer than any test: what ends meanwhile does so for another reason. */
const LONG = '300';

let dataDir: string;
let receiver: TestReceiver;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-drain-'));
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function startDraining(seconds: string): Promise<CareerHooksProcess> {
  const settings = await instanceSettings(dataDir);
  const started = await startCareerHooksProcess({
    ...settings,
    CAREERHOOKS_DRAIN_SECONDS: seconds,
  });
  await started.connected();
  return started;
}

/** Sends SIGTERM, and resolves once it was heard. */
async function askToStop(careerHooks: CareerHooksProcess): Promise<void> {
  process.kill(careerHooks.pid, 'SIGTERM');
  await careerHooks.says('Stopping');
}

/** Asks on a connection that the client would keep; gives the status and the answer's Connection header. */
function askKept(url: string, agent: Agent): Promise<[status?: number, connection?: string]> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => resolve([response.statusCode, response.headers.connection]));
    })
      .once('error', reject)
      .end();
  });
}

it('says that it stops, takes and delivers what still comes, and ends by itself', async () => {
  const careerHooks = await startDraining('3');
  const { call } = careerHooks;
  await register(call, receiver.url);
  await askToStop(careerHooks);
  const [ready, published, metrics] = await Promise.all([
    call('GET', '/readyz'),
    call('POST', '/v1/events', event('late')),
    call('GET', '/metrics'),
  ]);
  expect([ready.status, ready.body]).toEqual([
    503,
    { status: 'not_ready', database: 'ok', temporal: 'ok', stopping: true },
  ]);
  expect(published.status).toBe(202);
  expect(metrics.body).toMatch(/^careerhooks_ready 0$/m);
  expect((await call('GET', '/healthz')).status).toBe(200);
  await waitForAll(receiver, ['late'], 20_000);
  expect(await careerHooks.exited).toEqual({ code: 0, signal: null });
  expect(careerHooks.output()).toMatch(/within 3 s[^]*Stopped\.\n$/);
});

it('closes each connection with its next answer, that of a request under way, too', async () => {
  const careerHooks = await startDraining(LONG);
  const { call, url } = careerHooks;
  const id = await register(call, receiver.url);
  receiver.answer = () => ({ delayMs: 3_000 });
  const agent = new Agent({ keepAlive: true });
  expect(await askKept(`${url}/healthz`, agent)).toEqual([200, 'keep-alive']);
  const underWay = call('POST', `/v1/endpoints/${id}/test`);
  await receiver.waitFor(1);
  await askToStop(careerHooks);
  expect(await askKept(`${url}/healthz`, agent)).toEqual([200, 'close']);
  expect(await askKept(`${url}/v1/nowhere`, agent)).toEqual([404, 'close']);
  const { body, headers } = await underWay;
  expect([body.delivered, headers.get('connection')]).toEqual([true, 'close']);
  // Not waited for: a second signal means it.
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 1 });
});

it('does not make a person at a terminal wait', async () => {
  const careerHooks = await startDraining(LONG);
  expect(await careerHooks.end('SIGINT')).toMatchObject({ code: 0 });
});

it('ends no test delivery that waits for its receiver', async () => {
  const careerHooks = await startDraining('0');
  const { body: endpoint } = await careerHooks.call('POST', '/v1/endpoints', {
    system: 'resumebuilder',
    user: 'user_1',
    url: receiver.url,
    events: ['*'],
    verify: false,
  });
  receiver.answer = () => ({ delayMs: 14_000 });
  const test = careerHooks.call('POST', `/v1/endpoints/${String(endpoint.id)}/test`);
  await receiver.waitFor(1);
  const ended = careerHooks.end('SIGTERM');
  expect((await test).body).toMatchObject({ delivered: true, status_code: 200 });
  expect(await ended).toMatchObject({ code: 0 });
});

describe('several processes', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await createCluster();
  }, 120_000);

  afterAll(() => cluster.stop());

  async function startServer(): Promise<CareerHooksProcess> {
    const [port] = await freePorts(1);
    return startCareerHooksProcess(
      { ...cluster.settings, PORT: String(port), CAREERHOOKS_DRAIN_SECONDS: '3' },
      'server',
    );
  }

  it('refuse nothing while one after the other leaves, and a balancer goes by /readyz', async () => {
    const servers = await Promise.all([startServer(), startServer()]);
    const enough = new AbortController();
    let ready = [...servers];
    const looking = (async () => {
      while (!enough.signal.aborted) {
        const looks = await Promise.all(servers.map((server) => isReady(server)));
        ready = servers.filter((_, index) => looks[index]);
        await sleep(100);
      }
    })();
    let turn = 0;
    const balanced: CallApi = (...call) => ready[turn++ % ready.length]!.call(...call);
    const publishing = publish(balanced, {
      prefix: 'rolling',
      count: 100_000,
      clients: 8,
      pauseMs: 5,
      until: enough.signal,
    });
    const [first, second] = servers;
    await sleep(500);
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });
    servers[0] = await startServer();
    await waitUntil(
      () => Promise.resolve(ready),
      (now) => now.includes(servers[0]),
    );
    expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
    await sleep(500);
    enough.abort();
    await looking;
    const { accepted, refused } = await publishing;
    tell(`${accepted.length} published while two servers left, ${refused.size} refused`);
    expect([...refused.values()]).toEqual([]);
    expect(accepted.length).toBeGreaterThan(100);
    await servers[0].end('SIGINT');
  }, 120_000);

  it('a worker says that it stops for as long as that takes', async () => {
    const [server, worker] = await Promise.all([startServer(), cluster.startWorker()]);
    await register(server.call, receiver.url);
    receiver.answer = () => ({ delayMs: 6_000 });
    await server.call('POST', '/v1/events', event('slow'));
    const [underWay] = await receiver.waitFor(1);
    expect(eventIdOf(underWay!)).toBe('slow');
    process.kill(worker.pid, 'SIGTERM');
    await worker.says('Stopping');
    const { status, text } = await waitUntil(
      () => worker.get('/readyz'),
      ({ text: said }) => said.includes('stopping'),
    );
    expect([status, JSON.parse(text)]).toEqual([
      503,
      expect.objectContaining({ status: 'not_ready', stopping: true }),
    ]);
    expect((await worker.get('/metrics')).text).toMatch(/^careerhooks_ready 0$/m);
    expect(await worker.exited).toMatchObject({ code: 0 });
    await server.end('SIGINT');
  }, 120_000);
});

async function isReady({ url }: CareerHooksProcess): Promise<boolean> {
  const response = await fetch(`${url}/readyz`).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.ok === true;
}
