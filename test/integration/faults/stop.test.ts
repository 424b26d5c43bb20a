import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answeringInstance,
  instanceSettings,
  startCareerHooksProcess,
  startProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { duplicates, event, publish, register, tell, waitForAll } from '../../support/publishing';

let dataDir: string;
let settings: Record<string, string>;
let receiver: TestReceiver;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-stop-'));
  settings = await instanceSettings(dataDir);
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The embedded Temporal server, and the CareerHooks that runs it. */
async function processes(): Promise<{ pid: number; owner: number }> {
  return JSON.parse(await readFile(join(dataDir, 'temporal.pid'), 'utf8')) as {
    pid: number;
    owner: number;
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
  const first = await startCareerHooksProcess(settings);
  await first.connected();
  await register(first.call, receiver.url);
  const temporal = await processes();
  // The attempt that is under way when the signal comes takes its time to be answered.
  receiver.answer = () => ({ delayMs: 2_500 });
  await first.call('POST', '/v1/events', event('slow'));
  await receiver.waitFor(1);
  receiver.answer = () => ({});

  const enough = new AbortController();
  const publishing = publish(first.call, {
    prefix: 'during',
    count: 10_000,
    clients: 4,
    pauseMs: 20,
    until: enough.signal,
  });
  await sleep(200);
  const exit = await first.end(signal);
  enough.abort();
  const published = await publishing;
  expect(exit.code).toBe(0);
  expect(exit.tookMs).toBeLessThan(35_000);
  expect(first.output()).toMatch(/Stopped\.\n$/);
  expect(isAlive(temporal.pid)).toBe(false);
  // Whatever is not accepted is refused at the door: nothing is answered in between.
  for (const answer of published.refused.values()) {
    expect(answer).toMatch(/^(ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET)$/);
  }

  const second = await startCareerHooksProcess(settings);
  await waitForAll(receiver, ['slow', ...published.accepted], 90_000);
  const { body } = await second.call('GET', '/v1/deliveries?status=delivered&limit=100');
  expect(body.data.length).toBeGreaterThan(0);
  await second.connected();
  await sleep(1_000);
  expect(duplicates(receiver)).toEqual([]);
  const again = await second.end(signal);
  tell(
    `${signal}: ended after ${exit.tookMs} ms with an attempt of 2500 ms under way, ` +
      `${published.accepted.length} accepted around it; idle, after ${again.tookMs} ms`,
  );
  expect(again.code).toBe(0);
});

it('ends all of it when npm, which started it, is ended', async () => {
  const startedAt = Date.now();
  // Without the build that comes before it.
  const npm = startProcess('npm', ['start', '--ignore-scripts'], settings);
  const instance = await answeringInstance(npm, settings, startedAt);
  await waitUntil(
    () => instance.call('GET', '/readyz'),
    ({ body }) => body.temporal === 'ok',
  );
  const { pid, owner } = await processes();
  const { tookMs } = await npm.end('SIGTERM');
  await waitUntil(
    () => Promise.resolve([pid, owner].filter(isAlive)),
    (alive) => alive.length === 0,
    10_000,
  );
  expect(npm.output()).toContain('Stopped.');
  tell(`npm start: ended ${tookMs} ms after SIGTERM to npm`);
});

it('ends at once on a second signal', async () => {
  const careerHooks = await startCareerHooksProcess(settings);
  await careerHooks.connected();
  await register(careerHooks.call, receiver.url);
  const temporal = await processes();
  receiver.answer = () => ({ delayMs: 8_000 });
  await careerHooks.call('POST', '/v1/events', event('slow'));
  await receiver.waitFor(1);
  process.kill(careerHooks.pid, 'SIGTERM');
  await careerHooks.says('Stopping');
  const { code, tookMs } = await careerHooks.end('SIGTERM');
  expect(code).toBe(1);
  expect(tookMs).toBeLessThan(2_000);
  await waitUntil(
    () => Promise.resolve(isAlive(temporal.pid)),
    (alive) => !alive,
  );
});
