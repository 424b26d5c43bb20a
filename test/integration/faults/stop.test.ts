import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceSettings, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { duplicates, event, publish, register, tell, waitForAll } from './publishing';

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
    count: 100,
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
    expect(answer).not.toMatch(/^\d/);
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
