import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { CallApi } from '../../support/call-api';
import { conformingApi } from '../../support/conforming';
import { type Journey, startJourney } from '../../support/journey';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let call: CallApi;
let journey: Journey;
let endpointId: string;
let delivery: string;

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  const admin = await conformingApi(careerHooks.call);
  journey = await startJourney(careerHooks);
  call = (method, path, body, options) =>
    admin.call(method, path, body, { token: journey.token, ...options });
  ({ id: endpointId } = await journey.register());
});
afterAll(() => careerHooks.stop());

beforeEach(async () => {
  delivery = (await journey.until(await journey.publish(), 'delivered')).id;
});

const claim = (body: object) => call('POST', `/v1/deliveries/${delivery}/claim`, body);
const report = (body: object) => call('POST', `/v1/deliveries/${delivery}/outcome`, body);

test('a delivery is claimed, done, and not granted again', async () => {
  const { status, body } = await claim({ claimant: 'e1', attempt: 1, lease_seconds: 60 });
  expect(status).toBe(200);
  expect(body).toMatchObject({ delivery, granted: true, reason: null });
  const lease = Date.parse(body.outcome.lease_until as string) - Date.parse(body.outcome.at);
  expect(lease).toBe(60_000);

  expect((await claim({ claimant: 'e2' })).body).toMatchObject({
    granted: false,
    reason: 'in_progress',
    outcome: { claimant: 'e1' },
  });
  const done = await report({ claimant: 'e1', outcome: 'done', note: 'Posted' });
  expect(done.body).toMatchObject({ recorded: true, outcome: { status: 'done', note: 'Posted' } });
  expect((await claim({ claimant: 'e2' })).body).toMatchObject({ granted: false, reason: 'done' });
  expect((await report({ claimant: 'e2', outcome: 'failed' })).body).toMatchObject({
    recorded: false,
    outcome: { status: 'done', claimant: 'e1' },
  });
  expect((await call('GET', `/v1/deliveries/${delivery}`)).body.outcome).toMatchObject({
    status: 'done',
    claimant: 'e1',
    attempt: 1,
  });
});

test('a person takes over from whoever holds it', async () => {
  await claim({ claimant: 'e1' });
  expect((await claim({ claimant: 'e2', take_over: true })).body).toMatchObject({ granted: true });
});

test('what is replayed may be done again', async () => {
  await report({ claimant: 'e1', outcome: 'done' });
  await call('POST', `/v1/endpoints/${endpointId}/replay`, { status: ['delivered'] });
  expect((await claim({ claimant: 'e2' })).body).toMatchObject({ granted: true });
});

test('the delivery of a test is claimed like any other', async () => {
  const { body } = await call('POST', `/v1/endpoints/${endpointId}/test`);
  delivery = body.delivery_id;
  expect((await claim({ claimant: 'e1' })).body).toMatchObject({ granted: true });
});

test('strangers find no such delivery, and keys that only publish may not ask', async () => {
  const stranger = await careerHooks.key({ system: journey.system, user: 'stranger' });
  const publisher = await careerHooks.key({ system: journey.system, scopes: ['publish'] });
  for (const [path, body] of [
    ['claim', { claimant: 'e1' }],
    ['outcome', { claimant: 'e1', outcome: 'done' }],
  ] as const) {
    const at = `/v1/deliveries/${delivery}/${path}`;
    expect(await call('POST', at, body, { token: stranger })).toMatchObject({ status: 404 });
    expect(await call('POST', at, body, { token: publisher })).toMatchObject({ status: 403 });
  }
  expect((await call('GET', `/v1/deliveries/${delivery}`)).body.outcome).toBeNull();
});

test.each([
  ['no claimant', 'claim', {}],
  ['a claimant of 201 characters', 'claim', { claimant: 'x'.repeat(201) }],
  ['a lease of no time', 'claim', { claimant: 'e', lease_seconds: 0 }],
  ['a lease of more than a day', 'claim', { claimant: 'e', lease_seconds: 86_401 }],
  ['another outcome', 'outcome', { claimant: 'e', outcome: 'maybe' }],
  ['a long note', 'outcome', { claimant: 'e', outcome: 'done', note: 'x'.repeat(1001) }],
])('refuses %s', async (_, path, body) => {
  expect(await call('POST', `/v1/deliveries/${delivery}/${path}`, body)).toMatchObject({
    status: 422,
    body: { code: 'invalid_request' },
  });
});

test("what an operator's receiver makes of a user's event is not the user's to say, to see or to repeat", async () => {
  const receiver = await startTestReceiver();
  const token = await careerHooks.key({ system: 'roleready' });
  const operator: CallApi = (method, path, body) => careerHooks.call(method, path, body, { token });
  const { body: endpoint } = await operator('POST', '/v1/endpoints', {
    url: receiver.url,
    events: ['*'],
  });
  const event = await journey.publish();
  const { body: listed } = await operator('GET', `/v1/deliveries?event=${event.id}&limit=10`);
  const { id } = (listed.data as { id: string; endpoint_id: string }[]).find(
    ({ endpoint_id }) => endpoint_id === endpoint.id,
  )!;
  await waitUntil(
    async () => (await operator('GET', `/v1/deliveries/${id}`)).body.status as string,
    (status) => status === 'delivered',
  );
  const done = { claimant: 'backend', outcome: 'done', note: 'Sold' };
  await operator('POST', `/v1/deliveries/${id}/outcome`, done);

  const seen = await call('GET', `/v1/deliveries/${id}`);
  expect(seen).toMatchObject({ status: 200, body: { outcome: null } });
  const take = { claimant: 'user', take_over: true };
  expect((await call('POST', `/v1/deliveries/${id}/claim`, take)).status).toBe(404);
  const failed = { claimant: 'user', outcome: 'failed' };
  expect((await call('POST', `/v1/deliveries/${id}/outcome`, failed)).status).toBe(404);
  for (const change of ['retry', 'cancel']) {
    expect(await call('POST', `/v1/deliveries/${id}/${change}`)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  }
  expect((await operator('GET', `/v1/deliveries/${id}`)).body.outcome).toMatchObject({
    status: 'done',
    note: 'Sold',
  });
  await receiver.stop();
});
