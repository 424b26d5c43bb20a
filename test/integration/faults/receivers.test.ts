import { promises as dns } from 'node:dns';
import { type TestCareerHooks, startTestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { connectClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf } from './checker';
import {
  event,
  eventIdOf,
  publish,
  type Publications,
  register,
  tell,
} from '../../support/publishing';

let careerHooks: TestCareerHooks;
const receivers: TestReceiver[] = [];

async function receiver(port?: number): Promise<TestReceiver> {
  const started = await startTestReceiver(port);
  receivers.push(started);
  return started;
}

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});

afterAll(async () => {
  await Promise.all(receivers.map((started) => started.stop()));
  await careerHooks.stop();
});

/** Resolves once `to` has taken all of them, as the checker sees it. */
async function delivered(to: TestReceiver, publication: Publications): Promise<void> {
  const look = () => Promise.resolve(check({ receiver: to, publications: [publication] }));
  const verdict = await waitUntil(look, ({ lost }) => lost.length === 0, 60_000);
  expect(faultsOf(verdict)).toEqual(FAULTLESS);
}

it('delivers by itself once a name resolves that did not', async () => {
  const target = await receiver();
  const host = 'receiver.faults.example';
  const failing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  let resolves = false;
  jest.spyOn(dns.Resolver.prototype, 'resolve6').mockImplementation(failing);
  jest
    .spyOn(dns.Resolver.prototype, 'resolve4')
    .mockImplementation(() => (resolves ? Promise.resolve(['127.0.0.1']) : failing()));
  jest.spyOn(dns, 'lookup').mockImplementation(failing);
  try {
    await register(careerHooks.call, target.url.replace('127.0.0.1', host));
    const published = await publish(careerHooks.call, { prefix: 'name', count: 10, clients: 2 });
    const { body } = await waitUntil(
      () => careerHooks.call('GET', '/v1/deliveries?status=retrying'),
      // The others are held meanwhile.
      ({ body }) => body.data.length >= 3,
    );
    expect(body.data[0].last_error_code).toBe('dns_no_address');
    resolves = true;
    await delivered(target, published);
  } finally {
    jest.restoreAllMocks();
  }
});

/** Publishes to a user's endpoints in batches, `perSecond`, and tells when each event was accepted. */
async function publishSteadily(
  users: readonly string[],
  run: { prefix: string; seconds: number; perSecond: number },
): Promise<Map<string, number>> {
  const acceptedAt = new Map<string, number>();
  const size = run.perSecond / 5;
  for (let batch = 0; batch < run.seconds * 5; batch += 1) {
    const due = Date.now() + 200;
    const ids = Array.from({ length: size }, (_, index) => `${run.prefix}_${batch * size + index}`);
    const events = users.flatMap((user) => ids.map((id) => event(`${user}_${id}`, user)));
    const { status } = await careerHooks.call('POST', '/v1/events', { events });
    expect(status).toBe(202);
    for (const { id } of events) acceptedAt.set(String(id), Date.now());
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
  }
  return acceptedAt;
}

/** Milliseconds from accepted (0 where it came before the answer did) to received. */
function latencies(to: TestReceiver, acceptedAt: ReadonlyMap<string, number>): string {
  const all = to.requests
    .map((request) => Math.max(0, request.at - (acceptedAt.get(eventIdOf(request)) ?? request.at)))
    .sort((left, right) => left - right);
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))];
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** Resolves once an endpoint has got so many; a person would not wait for the retries that are far. */
async function untilDelivered(endpoint: string, wanted: number): Promise<void> {
  const { call } = careerHooks;
  await waitUntil(
    async () => {
      const { body } = await call(
        'GET',
        `/v1/deliveries?endpoint=${endpoint}&status=retrying&limit=100`,
      );
      for (const { id } of body.data as { id: string }[]) {
        await call('POST', `/v1/deliveries/${id}/retry`);
      }
      const stats = await call('GET', `/v1/stats?endpoint=${endpoint}`);
      const { by_status } = (stats.body as { deliveries: { by_status: Record<string, number> } })
        .deliveries;
      return by_status.delivered ?? 0;
    },
    (delivered) => delivered === wanted,
    120_000,
  );
}

/** Set it to 10 for the full length. */
const SECONDS = Number(process.env.FAULT_ISOLATION_SECONDS ?? '4');
const PER_SECOND = 50;

it('delivers to others while one endpoint hangs and one is dead, and all to the dead one once it is back', async () => {
  const [sound, hanging, dead] = [await receiver(), await receiver(), await receiver()];
  const registerFor = (user: string, url: string, more = {}) =>
    register(careerHooks.call, url, { user, schedule: 'extended', ...more });
  await registerFor('sound', sound.url);
  const hangs = await registerFor('hangs', hanging.url, { timeout_seconds: 2 });
  const died = await registerFor('dead', dead.url);
  hanging.answer = () => ({ delayMs: 15_000 });
  await dead.stop();

  const run = { seconds: SECONDS, perSecond: PER_SECOND };
  const alone = await publishSteadily(['sound'], { prefix: 'alone', ...run });
  await sound.waitFor(alone.size, 60_000);
  const without = latencies(sound, alone);
  sound.requests.length = 0;

  const client = await connectClient(careerHooks);
  const together = await publishSteadily(['hangs', 'dead', 'sound'], { prefix: 'fire', ...run });
  const { count } = await client.client.workflow.count('ExecutionStatus = "Running"');
  const due = [...together.keys()].filter((id) => id.startsWith('sound'));
  await sound.waitFor(due.length, 60_000);
  tell(
    `one endpoint hangs, one is dead, each for ${PER_SECOND} events/s: another gets its events with ` +
      `${latencies(sound, together)} (without the two: ${without}); ${count} workflows are open`,
  );
  expect(new Set(sound.requests.map(eventIdOf))).toEqual(new Set(due));
  expect(sound.requests).toHaveLength(due.length);
  expect(count).toBeLessThan(500);
  await client.close();

  // At full speed, one whose connection takes long is overtaken by any number of others.
  await careerHooks.call('PATCH', `/v1/endpoints/${died}`, { rate_limit: PER_SECOND });
  const back = await receiver(dead.port);
  const missing = [...together.keys()].filter((id) => id.startsWith('dead'));
  // What failed twice while it was away is tried again after five minutes.
  await back.waitFor(missing.length, 400_000);
  expect(new Set(back.requests.map(eventIdOf))).toEqual(new Set(missing));
  expect(back.requests).toHaveLength(missing.length);
  // Those that were held come in order, but for as many as may go out within a second.
  const flushed = back.requests
    .filter(({ headers }) => headers['x-careerhooks-attempt'] === '1')
    .map((request) => Number(eventIdOf(request).split('_').at(-1)));
  const inOrder = [...flushed].sort((left, right) => left - right);
  const strays = flushed.map((number, index) => Math.abs(index - inOrder.indexOf(number)));
  tell(
    `the dead one is back: ${flushed.length} that were held came in order, none further than ` +
      `${Math.max(...strays)} places from its own`,
  );
  expect(flushed.length).toBeGreaterThan(0);
  expect(Math.max(...strays)).toBeLessThanOrEqual(PER_SECOND);

  // The one that hung takes whatever waited for it, too: what timed out, and what was held behind that.
  hanging.answer = () => ({});
  const waiting = [...together.keys()].filter((id) => id.startsWith('hangs'));
  await untilDelivered(hangs, waiting.length);
  const taken = hanging.requests.map(eventIdOf);
  expect(waiting.filter((id) => !taken.includes(id))).toEqual([]);
}, 700_000);
