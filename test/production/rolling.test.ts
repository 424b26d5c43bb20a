import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventIdOf, register, tell, waitForAll } from '../support/publishing';
import { describeWith } from '../interop/support/describe-with';
import { type Cluster, createCluster } from '../support/cluster';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../support/process';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { freePorts } from '../support/temporal';
import { waitUntil } from '../support/wait-until';
import { PROXIES, type Proxy, startProxy } from './support/proxies';
import { type ScriptedServer, startScriptedServer } from './support/scripted-server';
import { startTraffic, type Traffic } from './support/traffic';

const START_MS = 120_000;
const ROUNDS_MS = 900_000;
/** Through each proxy, while the servers are replaced. */
const PUBLICATIONS = Number(process.env.ROLLING_PUBLICATIONS ?? 200);
/** How long a test delivery takes whose server is stopped meanwhile; ours wait for 30 s at most. */
const SLOW_SECONDS = Number(process.env.ROLLING_SLOW_SECONDS ?? 15);
/** Within which the only server has to be back, with some to spare. */
const WAITED_FOR_MS = 20_000;
/** Of the loopback network: who may send webhooks to the CV. */
const ALLOWED = '127.0.0.2';
const BEHIND_PROXY = { TRUST_PROXY: '1', CV_ALLOW_IPS: ALLOWED };

/** A process that is ready, so that a proxy will find it so. */
async function startReady(
  settings: Record<string, string>,
  command: 'start' | 'server',
): Promise<CareerHooksProcess> {
  const server = await startCareerHooksProcess({ ...settings, ...BEHIND_PROXY }, command);
  await waitUntil(
    () => server.call('GET', '/readyz'),
    ({ status }) => status === 200,
    60_000,
  );
  return server;
}

function tellOf(traffic: Traffic, what: string): void {
  tell(
    `${traffic.proxy.name}, ${what}: of ${traffic.published()} events and ${traffic.read()} ` +
      `questions ${traffic.refused.length} refused, the slowest took ${traffic.slowestMs()} ms` +
      traffic.refused
        .slice(0, 5)
        .map((line) => `\n      ${line}`)
        .join(''),
  );
}

/**
 * Ends it, and checks that each event that was accepted has come as one delivery. On a busy machine one
 * may be attempted twice, with the same `webhook-id`; one that was published twice would have two.
 */
async function endTraffic(
  traffic: readonly Traffic[],
  receiver: TestReceiver,
  what: string,
): Promise<void> {
  await Promise.all(traffic.map((each) => each.stop()));
  for (const each of traffic) tellOf(each, what);
  await waitForAll(
    receiver,
    traffic.flatMap(({ accepted }) => accepted),
    60_000,
  );
  const { requests } = receiver;
  const deliveries = requests.map(
    (each) => `${eventIdOf(each)} ${String(each.headers['webhook-id'])}`,
  );
  expect(new Set(deliveries).size).toBe(new Set(requests.map(eventIdOf)).size);
}

describeWith([...PROXIES, 'openssl'], 'two servers behind a proxy of deploy/proxies', () => {
  let cluster: Cluster;
  let receiver: TestReceiver;
  let ports: number[];
  let servers: CareerHooksProcess[];
  let proxies: Proxy[];

  /** With the time to leave that it has by default. */
  const startServer = (port: number): Promise<CareerHooksProcess> =>
    startReady(
      { ...cluster.settings, PORT: String(port), CAREERHOOKS_DRAIN_SECONDS: '5' },
      'server',
    );

  async function replace(index: number, signal: NodeJS.Signals): Promise<void> {
    const { code } = await servers[index]!.end(signal);
    if (signal === 'SIGTERM') expect(code).toBe(0);
    servers[index] = await startServer(ports[index]!);
  }

  /** Through every proxy at once. */
  const startAllTraffic = (): Traffic[] =>
    proxies.map((proxy) => startTraffic(proxy, servers[0]!.token));

  beforeAll(async () => {
    cluster = await createCluster();
    [receiver, ports] = await Promise.all([startTestReceiver(), freePorts(2)]);
    servers = await Promise.all(ports.map(startServer));
    await cluster.startWorker();
    await register(servers[0]!.call, receiver.url);
    // Each proxy's own checker finds its file in order first.
    proxies = await Promise.all(PROXIES.map((name) => startProxy(name, ports)));
  }, START_MS);

  afterAll(async () => {
    await cluster.stop();
    await receiver.stop();
  }, START_MS);

  it(
    'are replaced one after the other, and nothing is refused, lost or sent twice',
    async () => {
      const traffic = startAllTraffic();
      let rounds = 0;
      do {
        await replace(0, 'SIGTERM');
        await replace(1, 'SIGTERM');
        rounds += 1;
      } while (traffic.some((each) => each.published() < PUBLICATIONS));
      await endTraffic(traffic, receiver, `each server replaced ${rounds} times`);
      const [caddy, nginx, haproxy] = traffic as [Traffic, Traffic, Traffic];
      expect([caddy.refused, haproxy.refused]).toEqual([[], []]);
      // It does not ask /readyz, and may send what arrives in the very moment in which a server closes.
      expect(nginx.refused.length).toBeLessThanOrEqual(2 * rounds);
      expect(new Set(receiver.requests.map(eventIdOf)).size).toBe(
        traffic.reduce((sum, each) => sum + each.accepted.length, 0),
      );
    },
    ROUNDS_MS,
  );

  it('answer what takes long, and was begun before one of them was told to stop', async () => {
    const slow = await startTestReceiver();
    slow.answer = () => ({ delayMs: SLOW_SECONDS * 1_000 });
    const [leaving, other] = servers as [CareerHooksProcess, CareerHooksProcess];
    const endpoint = await register(leaving.call, slow.url, {
      system: 'pathfinder',
      timeout_seconds: 30,
    });
    // While the other is away, all of it is this one's.
    await other.end('SIGTERM');
    const asked = proxies.map(({ ask }) =>
      ask(`/v1/endpoints/${endpoint}/test`, {
        method: 'POST',
        headers: { authorization: `Bearer ${leaving.token}` },
      }),
    );
    await slow.waitFor(proxies.length);
    servers[1] = await startServer(ports[1]!);
    const ended = leaving.end('SIGTERM');
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ text }) => text)).toEqual(
      answers.map(() => expect.stringContaining('"delivered":true') as string),
    );
    expect((await ended).code).toBe(0);
    servers[0] = await startServer(ports[0]!);
    await servers[0].call('DELETE', `/v1/endpoints/${endpoint}`);
    await slow.stop();
  });

  it('go on when one is killed: nothing that was accepted is lost, or sent twice', async () => {
    const traffic = startAllTraffic();
    await sleep(1_000);
    await servers[0]!.end('SIGKILL');
    // Until each proxy has noticed.
    for (const each of traffic) {
      await waitUntil(
        () => Promise.resolve(each.inARow()),
        (answered) => answered > 50,
        60_000,
      );
    }
    servers[0] = await startServer(ports[0]!);
    await sleep(2_000);
    await endTraffic(traffic, receiver, 'one of two servers killed');
  });

  it.each(PROXIES)('%s shows /metrics to nobody', async (name) => {
    const proxy = proxies[PROXIES.indexOf(name)]!;
    const targets = [
      '/metrics',
      '/metrics?x=1',
      '/metrics/',
      '/METRICS',
      '//metrics',
      '/%6detrics',
      '/x/../metrics',
      '/./metrics',
      '/metrics#x',
      '/metrics%23x',
      '/metrics%3fx',
      '/metrics;x',
      '/metrics%00',
      `http://hooks.example.com:${proxy.port}/metrics`,
      `https://hooks.example.com:${proxy.port}/metrics#x`,
    ];
    const shown: string[] = [];
    for (const target of targets) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await proxy.askRaw(`${method} ${target} HTTP/1.1`);
        // 400 where a proxy does not take it for a path at all; none passes it on for its root.
        if (!/^HTTP\/1\.1 (404|400) /.test(answer)) shown.push(`${method} ${target}: ${answer}`);
        if (answer.includes('careerhooks_ready')) shown.push(`${method} ${target}`);
      }
    }
    expect(shown).toEqual([]);
    // The server itself has it, for Prometheus.
    expect((await servers[0]!.call('GET', '/metrics')).body).toContain('careerhooks_ready 1');
    expect((await proxy.ask('/healthz')).status).toBe(200);
  });

  it.each(PROXIES)('%s says where a client is, whatever the client says', async (name) => {
    const { ask } = proxies[PROXIES.indexOf(name)]!;
    const codeFrom = async (from: string, headers: Record<string, string>): Promise<unknown> => {
      const { text } = await ask('/api/webhook/cv', { method: 'POST', from, headers, body: '{}' });
      return (JSON.parse(text) as { code: unknown }).code;
    };
    expect(await codeFrom(ALLOWED, {})).toBe('MISSING_SIGNATURE');
    expect(await codeFrom('127.0.0.3', {})).toBe('IP_NOT_ALLOWED');
    expect(await codeFrom('127.0.0.3', { 'x-forwarded-for': ALLOWED })).toBe('IP_NOT_ALLOWED');
    expect(await codeFrom(ALLOWED, { 'x-forwarded-for': '127.0.0.3' })).toBe('MISSING_SIGNATURE');
  });

  it.each(PROXIES)('%s says by which name it was asked, and that by https', async (name) => {
    const { ask, port } = proxies[PROXIES.indexOf(name)]!;
    const { text, headers } = await ask('/openapi.json', {
      headers: { 'x-forwarded-host': 'elsewhere.example.com', 'x-forwarded-proto': 'http' },
    });
    const { servers: named } = JSON.parse(text) as { servers: { url: string }[] };
    expect(named.map(({ url }) => url)).toEqual([`https://hooks.example.com:${port}`]);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it.each(PROXIES)('%s does not leave servers alone for what a client does wrong', async (name) => {
    const proxy = proxies[PROXIES.indexOf(name)]!;
    const malformed = setInterval(() => {
      const line = 'POST /v1/events HTTP/1.1\r\nTransfer-Encoding: chunked';
      proxy.askRaw(line, 'no number\r\n').catch(() => undefined);
    }, 100);
    let answered = 0;
    const endsAt = Date.now() + 3_000;
    while (Date.now() < endsAt) {
      const { status } = await proxy.ask('/healthz');
      expect(status).toBe(200);
      answered += 1;
    }
    clearInterval(malformed);
    // Where they were left alone for a second each time, it would be three.
    expect(answered).toBeGreaterThan(15);
  });

  it.each(PROXIES)('%s lets the servers say what is too large', async (name) => {
    const { ask } = proxies[PROXIES.indexOf(name)]!;
    const headers = {
      authorization: `Bearer ${servers[0]!.token}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify('x'.repeat(1_500_000));
    const answer = await ask('/v1/events', { method: 'POST', headers, body });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      413,
      expect.objectContaining({ code: 'body_too_large' }),
    ]);
  });
});

describeWith([...PROXIES, 'openssl'], 'what was sent to a server', () => {
  let behind: ScriptedServer[];
  beforeEach(async () => {
    behind = await Promise.all([startScriptedServer(), startScriptedServer()]);
  });
  afterEach(() => behind.forEach((server) => server.close()));

  it.each(PROXIES)('is not sent again by %s when the server dies of it', async (name) => {
    const proxy = await startProxy(
      name,
      behind.map(({ port }) => port),
    );
    const post = (path: string): Promise<unknown> =>
      proxy.ask(path, { method: 'POST', body: '{}' }).then(({ status }) => status, String);
    for (let turn = 0; turn < 6; turn += 1) {
      // Once on a connection to a server that is kept, and at first on a new one.
      if (turn > 0) expect(await post('/kept')).toBe(200);
      expect(await post('/lost')).not.toBe(200);
    }
    const lost = behind.flatMap(({ asked }) => asked.filter((path) => path === '/lost'));
    expect(lost).toHaveLength(6);
    await proxy.end('SIGTERM');
  });
});

describeWith(['caddy', 'haproxy', 'openssl'], 'the only server behind a proxy', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-rolling-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'is started anew, and what comes meanwhile waits',
    async () => {
      const settings: Record<string, string> = {
        ...(await instanceSettings(dataDir)),
        CAREERHOOKS_DRAIN_SECONDS: '5',
      };
      let server = await startReady(settings, 'start');
      const receiver = await startTestReceiver();
      await register(server.call, receiver.url);
      const port = Number(settings.PORT);
      const proxies = await Promise.all([
        startProxy('caddy', [port]),
        startProxy('haproxy', [port]),
      ]);
      const traffic = proxies.map((proxy) => startTraffic(proxy, server.token, 5));
      let slowestMs = 0;
      let rounds = 0;
      do {
        rounds += 1;
        const askedAt = Date.now();
        expect((await server.end('SIGTERM')).code).toBe(0);
        server = await startReady(settings, 'start');
        slowestMs = Math.max(slowestMs, Date.now() - askedAt);
        await sleep(2_000);
      } while (traffic.some((each) => each.published() < PUBLICATIONS / 4));
      await endTraffic(traffic, receiver, 'the only server started anew');
      // They wait for 30 s: not for a machine that is too busy for a start in that time.
      if (slowestMs < WAITED_FOR_MS) {
        const [caddy, haproxy] = traffic as [Traffic, Traffic];
        expect(caddy.refused).toEqual([]);
        // It has nowhere else to send what comes while the server says that it stops, to the last moment.
        expect(haproxy.refused.length).toBeLessThanOrEqual(rounds);
      }
      await server.end('SIGTERM');
      await receiver.stop();
    },
    ROUNDS_MS,
  );
});
