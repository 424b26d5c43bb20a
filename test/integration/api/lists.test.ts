import { systems } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { CallApi } from '../../support/call-api';
import { conformingApi } from '../../support/conforming';
import { example, type Journey, startJourney } from '../../support/journey';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let call: CallApi;
let journey: Journey;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  const admin = await conformingApi(careerHooks.call);
  journey = await startJourney(careerHooks);
  call = (method, path, body, options) =>
    admin.call(method, path, body, { token: journey.token, ...options });
});
afterAll(() => careerHooks.stop());

/** All rows of a list, by its cursors. */
async function pages(path: string): Promise<{ id: string }[][]> {
  const all: { id: string }[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { status, body } = await call('GET', `${path}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    all.push(body.data);
    cursor = body.next_cursor as string | null;
  }
  return all;
}

describe('pages', () => {
  const ids: string[] = [];
  let endpointId: string;
  beforeAll(async () => {
    ({ id: endpointId } = await journey.register({ max_retries: 0 }));
    journey.receiver.answer = (_request, index) => ({ status: index % 2 === 0 ? 200 : 500 });
    for (let index = 0; index < 7; index++) {
      const type = index < 4 ? 'resume.parsed' : 'ats.check_completed';
      const event = await journey.publish({ type });
      await journey.until(event, index % 2 === 0 ? 'delivered' : 'failed');
      ids.push(event.id);
    }
  });

  test.each([1, 3, 7, 50])('of %i: every event once, the newest first', async (limit) => {
    const found = await pages(`/v1/events?limit=${limit}`);
    expect(found.flat().map(({ id }) => id)).toEqual(ids.toReversed());
    expect(found).toHaveLength(Math.ceil(7 / limit));
  });

  test('stay as they are while new events come', async () => {
    const first = await call('GET', '/v1/events?limit=3');
    const { id } = await journey.publish();
    const second = await call('GET', `/v1/events?limit=3&cursor=${first.body.next_cursor}`);
    expect(second.body.data.map((event: { id: string }) => event.id)).toEqual(
      ids.toReversed().slice(3, 6),
    );
    await journey.until({ id }, 'failed');
  });

  test.each([
    ['type=ats.check_completed', 3],
    ['status=failed', 4],
    ['status=delivered', 4],
    ['status=failed&type=resume.parsed', 3],
    ['status=held', 0],
    ['since=2999-01-01T00:00:00Z', 0],
    ['until=2999-01-01T00:00:00%2B02:00', 8],
    ['event=nothing', 0],
  ])('deliveries?%s', async (query, expected) => {
    const rows = (await pages(`/v1/deliveries?limit=2&${query}`)).flat();
    expect(rows).toHaveLength(expected);
  });

  test('deliveries of one event, and of one endpoint', async () => {
    const ofEvent = await call('GET', `/v1/deliveries?event=${ids[0]}`);
    expect(ofEvent.body.data).toMatchObject([{ event_id: ids[0], endpoint_id: endpointId }]);
    const ofEndpoint = await call('GET', `/v1/deliveries?endpoint=${endpointId}`);
    expect(ofEndpoint.body.data).toHaveLength(8);
  });

  test('endpoints by status and URL, keys for the admin', async () => {
    const rowsOf = async (query: string) => (await pages(`/v1/endpoints?${query}`)).flat();
    expect(await rowsOf('status=active')).toMatchObject([{ id: endpointId }]);
    expect(await rowsOf('status=paused')).toEqual([]);
    expect(await rowsOf(`url=${encodeURIComponent(journey.receiver.url)}`)).toHaveLength(1);
    const keys = await call('GET', '/v1/keys', undefined, { token: careerHooks.token });
    expect(keys.body.data).toMatchObject([
      { system: 'roleready', user: journey.user, scopes: ['publish', 'manage'] },
    ]);
  });

  test('endpoints by text in their URL or description, in any case, with nothing as a wildcard', async () => {
    const url = `${journey.receiver.url}/Orders_100%`;
    const { id } = await journey.register({
      url,
      description: 'Sends to Accounting',
      verify: false,
    });
    const found = async (text: string) =>
      (await pages(`/v1/endpoints?search=${encodeURIComponent(text)}`)).flat().map((row) => row.id);
    expect(await found('orders_1')).toEqual([id]);
    expect(await found('ACCOUNT')).toEqual([id]);
    expect(await found('100%')).toEqual([id]);
    expect(await found('orders%1')).toEqual([]);
    expect(await found('o_ders')).toEqual([]);
    expect(await found('/')).toHaveLength(2);
    await journey.call('DELETE', `/v1/endpoints/${id}`);
    expect(await found('account')).toEqual([]);
  });

  test('statistics count what was delivered and what was not', async () => {
    const { body } = await call('GET', '/v1/stats');
    const counts = { total: 8, by_status: { delivered: 4, failed: 4 }, success_rate: 0.5 };
    expect(body.deliveries).toMatchObject({ ...counts, average_attempts: 1 });
    expect(body.by_system).toMatchObject({ roleready: counts });
    expect(body.by_type).toMatchObject({
      'roleready/ats.check_completed': { total: 3, by_status: { delivered: 2, failed: 1 } },
      'roleready/resume.parsed': { total: 5 },
    });
    const later = await call('GET', '/v1/stats?since=2999-01-01T00:00:00Z');
    expect(later.body.deliveries).toEqual({
      total: 0,
      by_status: {},
      success_rate: null,
      average_attempts: null,
    });
  });
});

test('what was cancelled is no success, and what was never attempted no attempt', async () => {
  const other = await startJourney(careerHooks);
  const stats = async () => (await other.call('GET', '/v1/stats')).body.deliveries;
  const { id } = await other.register({ max_retries: 0 });
  await other.until(await other.publish(), 'delivered');
  await other.call('POST', `/v1/endpoints/${id}/pause`);
  const held = await other.publish();
  const waits = await other.deliveryOf(held);
  expect(await stats()).toEqual({
    total: 2,
    by_status: { delivered: 1, held: 1 },
    success_rate: 1,
    average_attempts: 1,
  });
  await other.call('POST', `/v1/deliveries/${waits.id}/cancel`);
  expect(await stats()).toEqual({
    total: 2,
    by_status: { delivered: 1, cancelled: 1 },
    success_rate: 0.5,
    average_attempts: 1,
  });
});

test('statistics are null where nothing has ended, or nothing was attempted', async () => {
  const other = await startJourney(careerHooks);
  const { id } = await other.register();
  await other.call('POST', `/v1/endpoints/${id}/pause`);
  const { id: delivery } = await other.deliveryOf(await other.publish());
  const stats = async () => (await other.call('GET', '/v1/stats')).body.deliveries;
  expect(await stats()).toMatchObject({ total: 1, success_rate: null, average_attempts: null });
  await other.call('POST', `/v1/deliveries/${delivery}/cancel`);
  expect(await stats()).toMatchObject({ total: 1, success_rate: 0, average_attempts: null });
});

test('progress that newer progress superseded is neither a success nor a failure', async () => {
  const other = await startJourney(careerHooks, 'proposals');
  await other.register({ verify: true });
  const type = 'job.progress';
  const { data } = example('proposals', type);
  const events = Array.from({ length: 3 }, () => ({ type, data }));
  await other.call('POST', '/v1/events', { events });
  // What waits goes out before the end of its job.
  const ended = { job_id: (data as { job_id: string }).job_id };
  const completed = example('proposals', 'job.completed').data as object;
  await other.publish({ type: 'job.completed', data: { ...completed, ...ended } });
  const { body } = await waitUntil(
    () => other.call('GET', '/v1/stats'),
    (answer) => answer.body.deliveries.by_status.delivered === 3,
  );
  expect(body.deliveries).toEqual({
    total: 4,
    by_status: { delivered: 3, cancelled: 1 },
    success_rate: 1,
    average_attempts: 1,
  });
});

test('the systems, their limits and every event type with its example and schema', async () => {
  const { body } = await call('GET', '/v1/systems');
  expect(body.data.map(({ key }: { key: string }) => key)).toEqual([...systems.keys()]);
  for (const system of body.data) {
    const { events } = systems.get(system.key)!;
    expect(system.events.map(({ type }: { type: string }) => type)).toEqual(Object.keys(events));
    for (const event of system.events) {
      expect(event.example).toEqual(events[event.type]!.example);
      expect(event.data_schema.type).toBe('object');
    }
  }
  const roleready = body.data.find(({ key }: { key: string }) => key === 'roleready');
  expect(roleready).toMatchObject({
    retry_delays_seconds: [1, 5, 15],
    max_retries: 3,
    timeout_seconds: 10,
    challenges_by_default: false,
  });
});

describe('without a token', () => {
  test.each([
    ['/healthz', { status: 'ok' }],
    ['/readyz', { status: 'ready', database: 'ok', temporal: 'ok' }],
  ])('%s', async (path, body) => {
    const answer = await call('GET', path, undefined, { token: null });
    expect([answer.status, answer.body]).toEqual([200, body]);
  });

  test('/metrics: totals, and nothing of any tenant', async () => {
    const { body } = await call('GET', '/metrics', undefined, { token: null });
    expect(body).toMatch(
      /careerhooks_events_accepted_total\{system="roleready",duplicate="false"\} \d/,
    );
    expect(body).toContain('careerhooks_request_seconds_bucket{');
    expect(body).toContain('careerhooks_deliveries_unfinished');
    expect(body).not.toContain(journey.user);
    expect(body).not.toContain('127.0.0.1');
  });
});
