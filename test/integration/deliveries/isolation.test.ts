import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type Journey, startJourney } from '../../support/journey';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** Attempts that one endpoint may have under way, when all have succeeded. */
const MOST_AT_ONCE = 128;

/** Ids of so many events that were published in one batch. */
async function publishMany(journey: Journey, count: number): Promise<string[]> {
  return (await journey.publishMany(count)).map(({ id }) => id);
}

function received(journey: Journey): unknown[] {
  return journey.receiver.requests.map(({ headers }) => headers['x-careerhooks-event-id']);
}

/** How many there are of this status; a page has 100 at most. */
async function countOf(journey: Journey, status: string): Promise<number> {
  const { body } = await journey.call('GET', `/v1/deliveries?status=${status}&limit=100`);
  return (body.data as unknown[]).length;
}

test.concurrent(
  'while an endpoint fails, what comes for it is held; when it works again, it gets all in order',
  async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register({ schedule: 'extended' });
    const shown = async () =>
      (await journey.call('GET', `/v1/endpoints/${id}`)).body as {
        status: string;
        failing_since: string | null;
      };
    let works = false;
    journey.receiver.answer = () => ({ status: works ? 200 : 500 });
    const first = await publishMany(journey, 60);
    await waitUntil(shown, ({ failing_since }) => failing_since !== null);
    expect((await shown()).status).toBe('active');

    const later = await publishMany(journey, 20);
    const laterStatuses = await Promise.all(
      later.map(async (event) => (await journey.deliveryOf({ id: event })).status),
    );
    // One of them at most is trying it out.
    expect(laterStatuses.filter((status) => status !== 'held').length).toBeLessThanOrEqual(1);
    const attempted = 80 - (await countOf(journey, 'held'));
    expect(attempted).toBeLessThan(45);

    // One after the other: at full speed, all of them may be on their way at the same time.
    await journey.call('PATCH', `/v1/endpoints/${id}`, { rate_limit: 10 });
    works = true;
    // On a busy machine some may have been tried twice by now, and would wait for five minutes.
    const retrying = await journey.call('GET', '/v1/deliveries?status=retrying&limit=100');
    for (const { id: delivery } of retrying.body.data as { id: string }[]) {
      await journey.call('POST', `/v1/deliveries/${delivery}/retry`);
    }
    for (const event of [...first, ...later]) await journey.until({ id: event }, 'delivered');
    expect((await shown()).failing_since).toBeNull();
    // In order, but for those that went out within a second, of which ten may.
    const order = [...new Set(received(journey))].filter((event) => later.includes(String(event)));
    for (const [place, event] of order.entries()) {
      expect(Math.abs(place - later.indexOf(String(event)))).toBeLessThan(10);
    }
  },
);

test.concurrent('a slow receiver has few requests open, and delays nobody else', async () => {
  const slow = await startJourney(careerHooks);
  const quick = await startJourney(careerHooks);
  await slow.register();
  await quick.register();
  let delayMs = 4_000;
  /** Of each request: how many are open with it, and how many may be. */
  const seen: { open: number; limit: number }[] = [];
  slow.receiver.answer = () => {
    const open = slow.receiver.requests.filter(({ answered }) => answered === undefined).length;
    // Three at first, and one more for each that succeeded.
    seen.push({ open, limit: 3 + slow.receiver.requests.length - open });
    return { delayMs };
  };
  const late = await publishMany(slow, 100);
  const soon = await publishMany(quick, 100);
  await quick.receiver.waitFor(100);
  expect(slow.receiver.requests.length).toBeLessThan(100);
  for (const event of soon) await quick.until({ id: event }, 'delivered');
  // Nothing is lost by it, and all of it comes once.
  delayMs = 0;
  for (const event of late) await slow.until({ id: event }, 'delivered');
  expect(seen.filter(({ open, limit }) => open > limit)).toEqual([]);
  expect(new Set(received(slow)).size).toBe(100);
  expect(slow.receiver.requests).toHaveLength(100);
});

test.concurrent(
  'in however many transactions it comes: what an endpoint has no room for waits in the database',
  async () => {
    const journey = await startJourney(careerHooks);
    await journey.register();
    let delayMs = 4_000;
    journey.receiver.answer = () => ({ delayMs });
    const events: string[] = [];
    for (let batch = 0; batch < 8; batch += 1) events.push(...(await publishMany(journey, 20)));
    // Three are under way, and 61 may wait for them.
    expect(await countOf(journey, 'held')).toBe(160 - 64);
    delayMs = 0;
    for (const event of events) await journey.until({ id: event }, 'delivered', 30_000);
    expect(journey.receiver.requests).toHaveLength(160);
  },
);

test.concurrent(
  'an endpoint that fails what is sent again is failing, as at the first time',
  async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register({ schedule: 'extended' });
    const events = await publishMany(journey, 30);
    const deliveries = await Promise.all(
      events.map((event) => journey.until({ id: event }, 'delivered')),
    );
    journey.receiver.answer = () => ({ status: 503 });
    for (const delivery of deliveries) {
      await journey.call('POST', `/v1/deliveries/${delivery.id}/retry`);
    }
    const { body } = await waitUntil(
      () => journey.call('GET', `/v1/endpoints/${id}`),
      ({ body: endpoint }) => endpoint.failing_since !== null,
    );
    expect(body.status).toBe('active');
    await waitUntil(
      () => countOf(journey, 'held'),
      (held) => held > 10,
    );
  },
);

test.concurrent('an endpoint with a rate limit gets no more than that a second', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register({ rate_limit: 5 });
  // The first deliveries of a process take long enough to arrive with those that are let go after them.
  await journey.until(await journey.publish(), 'delivered');
  journey.receiver.requests.length = 0;
  const publishedAt = Date.now();
  const events = await publishMany(journey, 20);
  for (const event of events) await journey.until({ id: event }, 'delivered');
  const times = journey.receiver.requests.map(({ at }) => at);
  // Five at once, then five a second: the last of twenty comes three seconds later.
  expect(Math.max(...times) - publishedAt).toBeGreaterThan(2_500);
  for (const from of times) {
    expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(11);
  }

  const changed = await journey.call('PATCH', `/v1/endpoints/${id}`, { rate_limit: null });
  expect(changed.body).toMatchObject({ rate_limit: null });
  await publishMany(journey, 30);
  const since = (await journey.receiver.waitFor(50)).slice(20).map(({ at }) => at);
  // At five a second they would take five seconds.
  expect(Math.max(...since) - Math.min(...since)).toBeLessThan(4_000);
});

test.concurrent(
  'more than an endpoint takes at once waits in order, and all of it comes',
  async () => {
    const journey = await startJourney(careerHooks);
    await journey.register();
    journey.receiver.answer = () => ({ delayMs: 30 });
    const events = [...(await publishMany(journey, 300)), ...(await publishMany(journey, 300))];
    await journey.receiver.waitFor(600, 60_000);
    const order = received(journey);
    expect(new Set(order)).toEqual(new Set(events));
    expect(order).toHaveLength(600);
    // In order, but for those that are on their way at the same time.
    const places = new Map(order.map((event, place) => [event, place]));
    const astray = events.map((event, place) => Math.abs((places.get(event) ?? NaN) - place));
    expect(Math.max(...astray)).toBeLessThan(MOST_AT_ONCE);
  },
);
