import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTemporalCli, startDevServer } from '@careerhooks/temporal';
import {
  instanceSettings,
  startCareerHooksProcess,
  startProcess,
  type TestProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts, silentLog } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import {
  eventIdOf,
  publish,
  type Publications,
  register,
  tell,
  timesReceived,
  waitForAll,
} from '../../support/publishing';

/** `npm run test:faults` sets 60. */
const OUTAGE_MS = 1_000 * Number(process.env.TEMPORAL_OUTAGE_SECONDS ?? '10');

/** How late a publication may be answered while Temporal is away, on a busy machine. */
const QUICK_MS = 8_000;

let dataDir: string;
let settings: Record<string, string>;
let receiver: TestReceiver;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-outage-'));
  settings = await instanceSettings(dataDir);
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Refuses the first attempt of every third event. */
function refuseSome(): void {
  const refused = new Set<string>();
  receiver.answer = (request) => {
    const id = eventIdOf(request);
    if (refused.has(id) || !needsAnotherAttempt(id)) return {};
    refused.add(id);
    return { status: 500 };
  };
}

function needsAnotherAttempt(id: string): boolean {
  return Number(id.split('_').at(-1)) % 3 === 0;
}

/** Resolves once every event that was refused at first has come again; milliseconds until the first and the last did. */
async function untilCarriedOn(
  since: number,
  { accepted }: Publications,
): Promise<{ firstMs: number; lastMs: number }> {
  const wanted = accepted.filter(needsAnotherAttempt);
  await waitUntil(
    () => Promise.resolve(timesReceived(receiver)),
    (times) => wanted.every((id) => (times.get(id) ?? 0) > 1),
    60_000,
  );
  const times = receiver.requests
    .filter((request) => request.at >= since && wanted.includes(eventIdOf(request)))
    .map((request) => request.at - since);
  return { firstMs: Math.min(...times), lastMs: Math.max(...times) };
}

/** Events that came more often than they were asked for. */
function tooOften(): string[] {
  return [...timesReceived(receiver)]
    .filter(([id, times]) => times > (needsAnotherAttempt(id) ? 2 : 1))
    .map(([id]) => id);
}

async function cliPath(): Promise<string> {
  return (await findTemporalCli({ env: process.env, report: () => undefined })).path;
}

it(
  'goes on by itself after an outage of an external Temporal',
  async () => {
    const cli = await findTemporalCli({ env: process.env, report: () => undefined });
    const [port, uiPort] = (await freePorts(2)) as [number, number];
    const temporalDir = join(dataDir, 'their-temporal');
    const startTemporal = () =>
      startDevServer({ cli, dataDir: temporalDir, port, uiPort, log: silentLog });
    let temporal = await startTemporal();
    await temporal.ready;
    try {
      const careerHooks = await startCareerHooksProcess({
        ...settings,
        TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
      });
      await careerHooks.connected();
      await register(careerHooks.call, receiver.url);
      await publish(careerHooks.call, { prefix: 'before', count: 5, clients: 1 });
      await receiver.waitFor(5);

      refuseSome();
      await temporal.stop(0);
      const outage = AbortSignal.timeout(OUTAGE_MS);
      const published = await publish(careerHooks.call, {
        prefix: 'outage',
        count: 10_000,
        clients: 2,
        pauseMs: 200,
        until: outage,
      });
      // First attempts need no Temporal.
      await waitForAll(receiver, published.accepted, 10_000);

      temporal = await startTemporal();
      await temporal.ready;
      const returnedAt = Date.now();
      const { firstMs, lastMs } = await untilCarriedOn(returnedAt, published);
      tell(
        `external Temporal away for ${OUTAGE_MS / 1000} s: ${published.accepted.length} accepted, ` +
          `slowest answer ${published.slowestMs} ms, all attempted meanwhile; the first that was to be ` +
          `tried again came ${firstMs} ms after its return, the last ${lastMs} ms`,
      );
      expect([...published.refused]).toEqual([]);
      expect(published.slowestMs).toBeLessThan(QUICK_MS);
      expect(firstMs).toBeLessThan(5_000);
      expect(tooOften()).toEqual([]);
      expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      await temporal.stop(0);
    }
  },
  120_000 + OUTAGE_MS,
);

it('goes on by itself when an external Temporal comes back with an empty store', async () => {
  const path = await cliPath();
  const [port, uiPort] = await freePorts(2);
  // In memory, and without our search attributes.
  const startTemporal = (): TestProcess =>
    startProcess(
      path,
      [
        'server',
        'start-dev',
        '--port',
        String(port),
        '--ui-port',
        String(uiPort),
        '--log-level',
        'error',
      ],
      {},
    );
  let temporal = startTemporal();
  const careerHooks = await startCareerHooksProcess({
    ...settings,
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
  });
  await careerHooks.connected();
  await register(careerHooks.call, receiver.url);
  await publish(careerHooks.call, { prefix: 'before', count: 5, clients: 1 });
  await receiver.waitFor(5);

  refuseSome();
  await temporal.end('SIGKILL');
  const published = await publish(careerHooks.call, { prefix: 'outage', count: 20, clients: 2 });
  const returnedAt = Date.now();
  temporal = startTemporal();
  const { firstMs, lastMs } = await untilCarriedOn(returnedAt, published);
  tell(
    `external Temporal back with an empty store: the first that was to be tried again came ` +
      `${firstMs} ms after the start of its process, the last ${lastMs} ms`,
  );
  expect(tooOften()).toEqual([]);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  await temporal.end('SIGKILL');
}, 120_000);

it('goes on by itself when the embedded server is killed again and again', async () => {
  const careerHooks = await startCareerHooksProcess(settings);
  await careerHooks.connected();
  await register(careerHooks.call, receiver.url);
  const serverPid = async (): Promise<number> => {
    const text = await readFile(join(dataDir, 'temporal.pid'), 'utf8').catch(() => '{"pid":0}');
    return (JSON.parse(text) as { pid: number }).pid;
  };
  refuseSome();
  const enough = new AbortController();
  const publishing = publish(careerHooks.call, {
    prefix: 'killed',
    count: 10_000,
    clients: 2,
    pauseMs: 200,
    until: enough.signal,
  });
  let killed = 0;
  for (let kill = 0; kill < 3; kill += 1) {
    await sleep(1_000);
    const pid = await waitUntil(serverPid, (found) => found !== 0 && found !== killed);
    process.kill(pid, 'SIGKILL');
    killed = pid;
  }
  const killedAt = Date.now();
  enough.abort();
  const published = await publishing;
  await waitForAll(receiver, published.accepted, 60_000);
  const { lastMs } = await untilCarriedOn(killedAt, published);
  tell(
    `embedded Temporal killed 3 times: ${published.accepted.length} accepted, slowest answer ` +
      `${published.slowestMs} ms; the last that was to be tried again came ${lastMs} ms after the ` +
      `last kill`,
  );
  expect([...published.refused]).toEqual([]);
  expect(published.slowestMs).toBeLessThan(QUICK_MS);
  expect(tooOften()).toEqual([]);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
}, 120_000);
