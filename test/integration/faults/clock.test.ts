import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceSettings, ROOT, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf } from './checker';
import { publish, register, tell } from './publishing';

const HOURS = 3_600_000;

/** One step of the clock, off by `offset` from Temporal's, with events that some receiver refuses meanwhile. */
const STEPS = [
  { name: 'forward by 2 h', offset: 2 * HOURS },
  { name: 'back again', offset: 0 },
  { name: 'back by 2 h', offset: -2 * HOURS },
];

it('delivers all, once, within seconds, while the clock is set forward and back', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-clock-'));
  const clock = join(dataDir, 'clock');
  const [steady, down] = [await startTestReceiver(), await startTestReceiver()];
  down.answer = () => ({ status: 500 });
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(dataDir)),
    NODE_OPTIONS: `--require ${join(ROOT, 'test/support/moving-clock.cjs')}`,
    MOVING_CLOCK: clock,
  });
  await careerHooks.connected();
  await register(careerHooks.call, steady.url);
  await register(careerHooks.call, down.url, { schedule: 'extended' });
  const { call } = careerHooks;
  const publications = [await publish(call, { prefix: 'before', count: 20, clients: 4 })];
  for (const [index, { offset }] of STEPS.entries()) {
    await writeFile(clock, String(offset));
    // Until the process has read it.
    await sleep(500);
    publications.push(await publish(call, { prefix: `step${index}`, count: 20, clients: 4 }));
  }
  const endedAt = Date.now();
  down.answer = () => ({});
  await waitUntil(
    () => Promise.resolve([steady, down].map((receiver) => check({ receiver, publications }))),
    (verdicts) => verdicts.every(({ lost }) => lost.length === 0),
    100_000,
  );
  // Duplicates come late, if at all.
  await sleep(2_000);
  for (const receiver of [steady, down]) {
    expect(faultsOf(check({ receiver, publications }))).toEqual(FAULTLESS);
  }
  const lastMs = Math.max(...down.requests.map(({ at }) => at)) - endedAt;
  tell(
    `the clock set ${STEPS.map(({ name }) => name).join(', ')}: ${publications.flatMap(({ accepted }) => accepted).length} ` +
      `accepted, none lost, none twice; what a receiver had refused meanwhile came within ${lastMs} ms of its return`,
  );
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  await Promise.all([steady.stop(), down.stop()]);
  await rm(dataDir, { recursive: true, force: true });
}, 150_000);
