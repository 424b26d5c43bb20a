import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type Journey, startJourney } from '../../support/journey';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

async function publishInOrder(journey: Journey, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push((await journey.publish()).id);
  return ids;
}

function received(journey: Journey): unknown[] {
  return journey.receiver.requests.map(({ headers }) => headers['x-careerhooks-event-id']);
}

test.concurrent(
  'a paused endpoint holds its deliveries, and gets all of them on resume',
  async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register();
    const paused = await journey.call('POST', `/v1/endpoints/${id}/pause`);
    expect([paused.status, paused.body.status]).toEqual([200, 'paused']);
    const ids = await publishInOrder(journey, 5);
    const held = await journey.call('GET', `/v1/deliveries?endpoint=${id}&status=held`);
    expect(held.body.data).toHaveLength(5);
    expect(journey.receiver.requests).toHaveLength(0);

    await journey.call('POST', `/v1/endpoints/${id}/resume`);
    await journey.receiver.waitFor(5);
    expect(received(journey).sort()).toEqual(ids.sort());
    for (const event of ids) await journey.until({ id: event }, 'delivered');
    expect(journey.receiver.requests).toHaveLength(5);
  },
);

test.concurrent('an ordered endpoint gets what was held in the order of the events', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register({ ordered: true });
  await journey.call('POST', `/v1/endpoints/${id}/pause`);
  const ids = await publishInOrder(journey, 4);
  await journey.call('POST', `/v1/endpoints/${id}/resume`);
  await journey.receiver.waitFor(4);
  expect(received(journey)).toEqual(ids);
});

test.concurrent(
  'an ordered endpoint gets nothing past an event that is being retried',
  async () => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    await journey.register({ ordered: true });
    journey.receiver.answer = (_request, index) => ({ status: index === 1 ? 500 : 200 });
    const ids = await publishInOrder(journey, 4);
    await journey.receiver.waitFor(5);
    expect(received(journey)).toEqual([ids[0], ids[1], ids[1], ids[2], ids[3]]);
  },
);

test.concurrent('an ordered endpoint goes on past an event that failed for good', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register({ ordered: true, max_retries: 0 });
  journey.receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 200 });
  const ids = await publishInOrder(journey, 2);
  await journey.receiver.waitFor(2);
  expect(received(journey)).toEqual(ids);
  expect((await journey.deliveryOf({ id: ids[0]! })).status).toBe('failed');
});

test.concurrent('an ordered endpoint gets one event after the other without a pause', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register({ ordered: true });
  const ids = await publishInOrder(journey, 6);
  await journey.receiver.waitFor(6);
  expect(received(journey)).toEqual(ids);
  const [first, last] = [journey.receiver.requests[0]!, journey.receiver.requests[5]!];
  expect(last.at - first.at).toBeLessThan(20_000);
});

test.concurrent(
  'pausing while a delivery waits for its retry holds it; resuming goes on with it',
  async () => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    const { id } = await journey.register();
    journey.receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 200 });
    const event = await journey.publish();
    await journey.until(event, 'retrying');
    await journey.call('POST', `/v1/endpoints/${id}/pause`);
    expect((await journey.deliveryOf(event)).status).toBe('held');
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    expect(journey.receiver.requests).toHaveLength(1);

    await journey.call('POST', `/v1/endpoints/${id}/resume`);
    const delivery = await journey.until(event, 'delivered', 5_000);
    expect(delivery.attempts.map(({ number }) => number)).toEqual([1, 2]);
  },
);

test.concurrent('pausing and resuming at once loses nothing', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  const events: { id: string }[] = [];
  for (let round = 0; round < 5; round++) {
    events.push(await journey.publish());
    await journey.call('POST', `/v1/endpoints/${id}/pause`);
    events.push(await journey.publish());
    await journey.call('POST', `/v1/endpoints/${id}/resume`);
  }
  for (const event of events) await journey.until(event, 'delivered', 10_000);
});

test.concurrent('a held delivery can be cancelled, and is not retried by hand', async () => {
  const journey = await startJourney(careerHooks);
  const endpoint = await journey.register();
  await journey.call('POST', `/v1/endpoints/${endpoint.id}/pause`);
  const event = await journey.publish();
  const { id } = await journey.deliveryOf(event);
  const retried = await journey.call('POST', `/v1/deliveries/${id}/retry`);
  expect([retried.status, retried.body.code]).toEqual([409, 'endpoint_not_active']);
  expect((await journey.call('POST', `/v1/deliveries/${id}/cancel`)).status).toBe(200);
  await journey.call('POST', `/v1/endpoints/${endpoint.id}/resume`);
  const later = await journey.publish();
  await journey.until(later, 'delivered');
  expect(received(journey)).toEqual([later.id]);
});

test.concurrent(
  '410 Gone disables the endpoint and cancels the rest; resuming enables it',
  async () => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    // Its second attempt would get a 410, too, and comes after five seconds.
    const { id } = await journey.register({ schedule: 'extended' });
    journey.receiver.answer = (_request, index) => ({ status: index === 0 ? 500 : 410 });
    const waiting = await journey.publish();
    await journey.until(waiting, 'retrying');
    const gone = await journey.publish();
    expect((await journey.until(gone, 'failed')).attempts).toMatchObject([
      { number: 1, status_code: 410, error_code: 'endpoint_gone' },
    ]);
    const disabled = await waitUntil(
      () => journey.endpoint(id),
      ({ status }) => status === 'disabled',
    );
    expect(disabled.status_reason).toContain('410');
    expect(await journey.deliveryOf(waiting)).toMatchObject({
      status: 'cancelled',
      last_error_code: 'endpoint_disabled',
    });
    expect((await journey.publish()).deliveries).toBe(0);
    const replay = await journey.call('POST', `/v1/endpoints/${id}/replay`);
    expect([replay.status, replay.body.code]).toEqual([409, 'endpoint_not_active']);

    journey.receiver.answer = () => ({});
    const resumed = await journey.call('POST', `/v1/endpoints/${id}/resume`);
    expect(resumed.body).toMatchObject({ status: 'active', status_reason: null });
    await journey.until(await journey.publish(), 'delivered');
    const replayed = await journey.call('POST', `/v1/endpoints/${id}/replay`, {
      status: ['failed', 'cancelled'],
    });
    expect(replayed.body).toEqual({ replayed: 2 });
    await journey.until(waiting, 'delivered');
    await journey.until(gone, 'delivered');
  },
);

test.concurrent('deleting an endpoint cancels what it has not got, and keeps the log', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  const { id } = await journey.register();
  journey.receiver.answer = () => ({ status: 500 });
  const event = await journey.publish();
  await journey.until(event, 'retrying');
  const deleted = await journey.call('DELETE', `/v1/endpoints/${id}`);
  expect([deleted.status, deleted.body]).toEqual([200, { id, deleted: true, cancelled: 1 }]);
  expect((await journey.call('GET', `/v1/endpoints/${id}`)).status).toBe(404);
  const delivery = await journey.deliveryOf(event);
  expect(delivery).toMatchObject({ status: 'cancelled', last_error_code: 'endpoint_deleted' });
  const retried = await journey.call('POST', `/v1/deliveries/${delivery.id}/retry`);
  expect([retried.status, retried.body.code]).toEqual([409, 'endpoint_not_active']);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(journey.receiver.requests).toHaveLength(1);

  // The URL is free again, for an endpoint with other secrets.
  const { id: newId } = await journey.register();
  expect(newId).not.toBe(id);
});
