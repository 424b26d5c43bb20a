import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { OpenApiDocument } from '../../support/conforming';
import { type Journey, startJourney } from '../../support/journey';
import { connectClient, type TestClient } from '../../support/temporal-client';

// The one more line.
jest.mock('../../../destinations/src/registry', () => {
  const { destinations } = jest.requireActual('../../../destinations/src/registry');
  const { memo } = jest.requireActual('./memo');
  return { destinations: [...destinations, memo] };
});

const MEMO = { sender: 'Ada', pass: 'open sesame' };

let careerHooks: TestCareerHooks;
let temporal: TestClient;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  temporal = await connectClient(careerHooks);
});
afterAll(async () => {
  await temporal.close();
  await careerHooks.stop();
});

/** A user whose receiver is an office that keeps what it gets. */
async function startOffice(): Promise<Journey & { url: string }> {
  const journey = await startJourney(careerHooks);
  journey.receiver.answer = () => ({ status: 201, body: 'kept' });
  return { ...journey, url: `memo://127.0.0.1:${journey.receiver.port}/inbox` };
}

test('the reference has its settings and what it shows', async () => {
  const { body } = await careerHooks.call('GET', '/openapi.json', undefined, { token: null });
  const { schemas } = (body as OpenApiDocument).components as unknown as {
    schemas: Record<string, { properties: Record<string, unknown>; required?: string[] }>;
  };
  expect(schemas.NewEndpoint!.properties).toMatchObject({
    url: { description: expect.stringContaining('or memo, the office and the box') },
    headers: expect.anything(),
    memo: { required: ['sender', 'pass'], additionalProperties: false },
  });
  expect(schemas.NewEndpoint!.required).toEqual(['url', 'events']);
  expect(schemas.EndpointPatch!.properties).toHaveProperty('memo');
  expect(schemas.Endpoint!.required).toEqual(expect.arrayContaining(['has_headers', 'memo_box']));
});

test('an endpoint of it is registered, active at once, and shown without its settings', async () => {
  const office = await startOffice();
  const registered = await office.register({ url: office.url, memo: MEMO });
  expect(registered).toMatchObject({
    url: office.url,
    status: 'active',
    verification: null,
    memo_box: 'inbox',
    has_headers: false,
  });
  const { body: list } = await office.call('GET', '/v1/endpoints');
  expect(list.data).toMatchObject([{ id: registered.id, memo_box: 'inbox' }]);
  expect(JSON.stringify([registered, list])).not.toContain(MEMO.pass);
});

test('a webhook beside it is as ever', async () => {
  const journey = await startJourney(careerHooks);
  expect(await journey.register({ headers: { 'x-api-key': '1' } })).toMatchObject({
    status: 'active',
    verification: { tries: 1 },
    has_headers: true,
    memo_box: null,
  });
});

test.each([
  ['memo.sender', { memo: { ...MEMO, sender: '' } }, /must not be empty/],
  ['memo', { memo: { ...MEMO, colour: 'red' } }, /colour/],
  ['memo', {}, /is missing: a memo needs it/],
  ['headers', { memo: MEMO, headers: { a: '1' } }, /left out for a memo: it is for a webhook/],
])('settings that it does not take are refused at %s (%j)', async (path, settings, message) => {
  const office = await startOffice();
  const { status, body } = await office.call('POST', '/v1/endpoints', {
    url: office.url,
    events: ['*'],
    ...settings,
  });
  expect([status, body.code]).toEqual([422, 'invalid_request']);
  expect(body.issues).toEqual([{ path, message: expect.stringMatching(message) }]);
});

test('a webhook does not take its settings, nor becomes one of it', async () => {
  const office = await startOffice();
  const webhook = await office.register();
  for (const [path, change] of [
    ['memo', { memo: MEMO }],
    ['url', { url: office.url, memo: MEMO }],
  ] as const) {
    const { status, body } = await office.call('PATCH', `/v1/endpoints/${webhook.id}`, change);
    expect([status, body.issues?.[0].path]).toEqual([422, path]);
  }
});

test('a product whose document knows webhooks alone refuses its URLs', async () => {
  const office = await startOffice();
  const token = await careerHooks.key({ system: 'pathfinder', user: 'user_of_pathfinder' });
  const wanted = { url: office.url, events: ['*'] };
  const { status, body } = await careerHooks.call('POST', '/pathfinder/api/webhooks', wanted, {
    token,
  });
  expect([400, 422]).toContain(status);
  expect(JSON.stringify(body)).toContain('it must be https or http');
});

test('an event is delivered in its own form, again after a failure, and logged', async () => {
  const office = await startOffice();
  await office.register({ url: office.url, memo: MEMO });
  office.receiver.answer = (_, index) =>
    index === 0 ? { status: 507, body: 'full' } : { status: 201, body: 'kept' };
  const event = await office.publish();
  const delivery = await office.until(event, 'delivered');

  expect(office.receiver.requests.map(({ body }) => String(body))).toEqual([
    `From: Ada\nAbout: ${event.type}\nTry: 1`,
    `From: Ada\nAbout: ${event.type}\nTry: 2`,
  ]);
  expect(office.receiver.requests[0]).toMatchObject({
    path: '/inbox',
    headers: { 'x-pass': MEMO.pass },
  });
  expect(delivery.attempts).toMatchObject([
    { succeeded: false, status_code: 507, error_code: 'http_507', answer_excerpt: 'full' },
    { succeeded: true, status_code: 201, error_code: null, answer_excerpt: 'kept' },
  ]);
  const { summary } = await temporal.describe(delivery.workflow_id!);
  expect(summary).toBe(`${event.type} to 127.0.0.1:${office.receiver.port}`);
});

test('an office that is closed is logged as such', async () => {
  const office = await startOffice();
  const { id } = await office.register({ url: office.url, memo: MEMO });
  await office.receiver.stop();
  const { body } = await office.call('POST', `/v1/endpoints/${id}/test`);
  expect(body).toMatchObject({
    delivered: false,
    status_code: null,
    error_code: 'connection_refused',
  });
});

test('new settings hold from the next event on', async () => {
  const office = await startOffice();
  const { id } = await office.register({ url: office.url, memo: MEMO });
  const { status } = await office.call('PATCH', `/v1/endpoints/${id}`, {
    memo: { sender: 'Grace', pass: 'another pass' },
  });
  expect(status).toBe(200);
  await office.until(await office.publish(), 'delivered');
  expect(String(office.receiver.requests[0]!.body)).toMatch(/^From: Grace\n/);
});

test('what is registered again elsewhere takes no settings along to another destination', async () => {
  const office = await startOffice();
  const identity = 'moving';
  const { id } = await office.register({ url: office.url, memo: MEMO, identity });
  const webhook = await office.register({ identity });
  expect(webhook).toMatchObject({ id, has_headers: false, memo_box: null });
  await office.until(await office.publish(), 'delivered');
  expect(office.receiver.requests[0]!.headers).not.toHaveProperty('pass');
});
