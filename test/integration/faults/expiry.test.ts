import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceSettings, ROOT, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf } from './checker';
import { publish, register, tell } from '../../support/publishing';

/** A day, and the minute that a workflow has to expire its own delivery. */
const PAST_EXPIRY_MS = 86_400_000 + 120_000;

it('sends nothing that is older than 24 h to a receiver that comes back after them', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-expiry-'));
  const clock = join(dataDir, 'clock');
  const receiver = await startTestReceiver();
  receiver.answer = () => ({ status: 500 });
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(dataDir)),
    NODE_OPTIONS: `--require ${join(ROOT, 'test/support/moving-clock.cjs')}`,
    MOVING_CLOCK: clock,
  });
  await careerHooks.connected();
  const { call } = careerHooks;
  const count = async (status: string): Promise<number> => {
    const { body } = await call('GET', `/v1/deliveries?status=${status}&limit=100`);
    return (body.data as unknown[]).length;
  };
  await register(call, receiver.url, { schedule: 'extended' });
  const old = await publish(call, { prefix: 'old', count: 60, clients: 4 });
  // Some were attempted, and have workflows; the endpoint fails, and the others wait behind it.
  const [retrying, held] = [await count('retrying'), await count('held')];
  expect([retrying > 0, held > 0]).toEqual([true, true]);

  await writeFile(clock, String(PAST_EXPIRY_MS));
  await waitUntil(
    () => count('expired'),
    (expired) => expired === old.accepted.length,
    90_000,
  );
  const expiredAt = Date.now();
  receiver.answer = () => ({});
  const fresh = await publish(call, { prefix: 'fresh', count: 20, clients: 4 });
  const audit = {
    receiver,
    publications: [old, fresh],
    expired: new Map(old.accepted.map((id) => [id, expiredAt])),
  };
  await waitUntil(
    () => Promise.resolve(check(audit)),
    ({ lost }) => lost.length === 0,
    90_000,
  );
  // Late ones would come late.
  await sleep(3_000);
  expect(faultsOf(check(audit))).toEqual(FAULTLESS);
  tell(
    `${old.accepted.length} expired after 24 h (${retrying} that were retried, ${held} that were ` +
      `held), none came later; ${fresh.accepted.length} newer ones came`,
  );
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 240_000);
