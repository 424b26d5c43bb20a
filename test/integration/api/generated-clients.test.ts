import type { CallApi } from '../../support/call-api';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { conformingApi } from '../../support/conforming';
import { example } from '../../support/journey';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';

let careerHooks: TestCareerHooks;
let receiver: TestReceiver;
let call: CallApi;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  receiver = await startTestReceiver();
  ({ call } = await conformingApi(careerHooks.call));
});
afterAll(async () => {
  await careerHooks.stop();
  await receiver.stop();
});

const EVENT = {
  system: 'roleready',
  user: 'u1',
  type: 'resume.parsed',
  data: example('roleready', 'resume.parsed').data as Record<string, unknown>,
};

async function register(path: string, more: Record<string, unknown> = {}) {
  const url = `${receiver.url}/${path}`;
  const { status, body } = await call('POST', '/v1/endpoints', {
    system: 'roleready',
    url,
    events: ['*'],
    ...more,
  });
  expect(status).toBe(201);
  return body;
}

describe('what generated clients send', () => {
  test('null for optional fields of an event is as if they were left out', async () => {
    const sent = { ...EVENT, previous_attributes: null, id: null };
    const one = await call('POST', '/v1/events', { ...sent, events: null });
    const batch = await call('POST', '/v1/events', {
      events: [sent, sent],
      type: null,
      data: null,
    });
    expect([one.status, batch.status]).toEqual([202, 202]);
    const shown = await call('GET', `/v1/events/${one.body.id}`);
    expect(shown.body).toMatchObject({ ...EVENT, previous_attributes: null });
  });

  test('null inside of data is delivered as null', async () => {
    const data = { ...EVENT.data, note: null, more: { note: null } };
    const { body } = await call('POST', '/v1/events', { ...EVENT, data });
    expect((await call('GET', `/v1/events/${body.id}`)).body.data).toEqual(data);
  });

  test('null instead of a body that may be missing is none', async () => {
    const { id } = await register('null-body');
    for (const action of ['test', 'verify', 'rotate-secret', 'replay']) {
      const { status } = await call('POST', `/v1/endpoints/${id}/${action}`, null);
      expect([action, status < 300]).toEqual([action, true]);
    }
    expect((await call('POST', '/v1/events', null)).status).toBe(422);
  });

  test('null changes what may be null, and leaves the rest as it is', async () => {
    const before = await register('patch', { description: 'Ours', timeout_seconds: 5 });
    const { body } = await call('PATCH', `/v1/endpoints/${before.id}`, {
      url: null,
      events: null,
      secret: null,
      headers: null,
      ordered: null,
      schedule: null,
      timeout_seconds: null,
    });
    expect(body).toMatchObject({
      url: before.url,
      events: ['*'],
      description: 'Ours',
      timeout_seconds: null,
    });
  });

  test('an offset without a colon is a time', async () => {
    const { body } = await call('GET', '/v1/stats?since=2026-01-01T01%3A00%3A00%2B0100');
    expect(body.since).toBe('2026-01-01T00:00:00.000Z');
    const { id } = await register('offsets');
    const since = '2026-01-01T00:00:00+0000';
    expect((await call('POST', `/v1/endpoints/${id}/replay`, { since })).status).toBe(202);
  });
});

test('empty headers take the endpoint’s own away, and the next delivery has none', async () => {
  const { id } = await register('headers', { headers: { 'x-team': 'ours' } });
  const patched = await call('PATCH', `/v1/endpoints/${id}`, { headers: {} });
  expect([patched.status, patched.body.has_headers]).toEqual([200, false]);
  await call('POST', `/v1/endpoints/${id}/test`);
  const { headers } = receiver.requests.findLast(({ path }) => path.endsWith('/headers'))!;
  expect(headers).not.toHaveProperty('x-team');
});
