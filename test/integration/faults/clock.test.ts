import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { extendedRetry } from '@careerhooks/systems';
import type { CallApi } from '../../support/call-api';
import {
  type CareerHooksProcess,
  instanceSettings,
  ROOT,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf } from './checker';
import { publish, register, tell, waitForAll } from '../../support/publishing';

const HOURS = 3_600_000;
/** Of the extended schedule, and of challenges, but for what their answers took. */
const FIRST_DELAY_MS = 4_900;

/** One step of the clock, off by `offset` from Temporal's, with events that some receiver refuses meanwhile. */
const STEPS = [
  { name: 'forward by 2 h', offset: 2 * HOURS },
  { name: 'back again', offset: 0 },
  { name: 'back by 2 h', offset: -2 * HOURS },
];

interface Retrying {
  id: string;
  attempt_count: number;
  next_attempt_at: string;
}

async function listRetrying(call: CallApi): Promise<Retrying[]> {
  const { body } = await call('GET', '/v1/deliveries?status=retrying&limit=100');
  return body.data as Retrying[];
}

/** Starts CareerHooks, whose clock is off from Temporal's by what is written into the file `clock`. */
async function startWithClock(
  offset: number,
): Promise<{ careerHooks: CareerHooksProcess; clock: string; dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-clock-'));
  const clock = join(dataDir, 'clock');
  await writeFile(clock, String(offset));
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(dataDir)),
    NODE_OPTIONS: `--require ${join(ROOT, 'test/support/moving-clock.cjs')}`,
    MOVING_CLOCK: clock,
  });
  await careerHooks.connected();
  return { careerHooks, clock, dataDir };
}

it('delivers all, once, within seconds, while the clock is set forward and back', async () => {
  const [steady, down] = [await startTestReceiver(), await startTestReceiver()];
  down.answer = () => ({ status: 500 });
  const { careerHooks, clock, dataDir } = await startWithClock(0);
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
  const accepted = publications.flatMap((publication) => publication.accepted);
  await waitForAll(steady, accepted, 100_000);
  await waitForAll(down, accepted, 100_000);
  const now = Date.now() + STEPS.at(-1)!.offset;
  for (const { id, attempt_count, next_attempt_at } of await listRetrying(call)) {
    // On a slow machine some had their second attempt, too, while the receiver was down.
    const longest = extendedRetry.delaysMs[attempt_count - 1]! * (1 + extendedRetry.jitter);
    expect(Date.parse(next_attempt_at) - now).toBeLessThanOrEqual(longest);
    await call('POST', `/v1/deliveries/${id}/retry`);
  }
  await waitUntil(
    () => Promise.resolve([steady, down].map((receiver) => check({ receiver, publications }))),
    (verdicts) => verdicts.every(({ lost }) => lost.length === 0),
    30_000,
  );
  // Duplicates come late, if at all.
  await sleep(2_000);
  for (const receiver of [steady, down]) {
    expect(faultsOf(check({ receiver, publications }))).toEqual(FAULTLESS);
  }
  const lastMs = Math.max(...down.requests.map(({ at }) => at)) - endedAt;
  tell(
    `the clock set ${STEPS.map(({ name }) => name).join(', ')}: ${accepted.length} ` +
      `accepted, none lost, none twice; what a receiver had refused meanwhile came within ${lastMs} ms of its return`,
  );
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  await Promise.all([steady.stop(), down.stop()]);
  await rm(dataDir, { recursive: true, force: true });
}, 150_000);

it.each([
  ['ahead of', 2 * HOURS],
  ['behind', -2 * HOURS],
])(
  'retries on time where its clock is 2 h %s that of Temporal',
  async (_, offset) => {
    const receiver = await startTestReceiver();
    const { careerHooks, dataDir } = await startWithClock(offset);
    const { call } = careerHooks;
    receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 200 });
    await register(call, receiver.url, { schedule: 'extended' });
    await publish(call, { prefix: 'retried', count: 1, clients: 1 });
    const [first, second] = await receiver.waitFor(2, 30_000);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(FIRST_DELAY_MS);

    let challenges = 0;
    receiver.answerChallenge = (challenge) =>
      challenges++ === 0 ? { status: 500 } : { body: JSON.stringify({ challenge }) };
    await register(call, `${receiver.url}/verified`, { verify: true });
    await waitUntil(
      () => Promise.resolve(receiver.challenges.length),
      (length) => length === 2,
      30_000,
    );
    const [challenged, again] = receiver.challenges;
    expect(again!.at - challenged!.at).toBeGreaterThanOrEqual(FIRST_DELAY_MS);

    expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
    await receiver.stop();
    await rm(dataDir, { recursive: true, force: true });
  },
  90_000,
);
