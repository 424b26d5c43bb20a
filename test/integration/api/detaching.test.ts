import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const identity = 'bot/production';

test('an endpoint that is taken back and registered again loses nothing, also at another URL', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answer = () => ({ status: 503 });
  const { id } = await journey.register({ identity, schedule: 'extended' });
  const waiting = await journey.publish();
  await journey.until(waiting, 'retrying');

  const detached = await journey.call('POST', `/v1/endpoints/${id}/detach`, { hold_seconds: 600 });
  expect(detached.body).toMatchObject({
    status: 'detached',
    status_reason: expect.stringContaining('registered again'),
  });
  expect(Date.parse(detached.body.ends_at as string)).toBeGreaterThan(Date.now() + 500_000);
  const late = await journey.publish();
  expect((await journey.deliveryOf(late)).status).toBe('held');

  const elsewhere = await startTestReceiver();
  const again = await journey.register({ identity, url: elsewhere.url });
  expect(again).toMatchObject({ id, status: 'active', url: elsewhere.url, ends_at: null });
  await journey.until(waiting, 'delivered');
  await journey.until(late, 'delivered');
  await elsewhere.stop();
});

test('an endpoint that is not registered again is deleted, and what was cancelled goes to its successor', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register({ identity });
  await journey.call('POST', `/v1/endpoints/${id}/detach`, { hold_seconds: 1 });
  const event = await journey.publish();
  const cancelled = await journey.until(event, 'cancelled', 60_000);
  expect((await journey.call('GET', `/v1/endpoints/${id}`)).status).toBe(404);
  const retry = () => journey.call('POST', `/v1/deliveries/${cancelled.id}/retry`);
  expect(await retry()).toMatchObject({ status: 409, body: { code: 'endpoint_not_active' } });

  const next = await journey.register({ identity });
  expect((await retry()).status).toBe(202);
  expect(await journey.until(event, 'delivered')).toMatchObject({ endpoint_id: next.id });
});

test('deleting says what it cancels; replaying takes it over by the id of what was deleted', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  await journey.call('POST', `/v1/endpoints/${id}/pause`);
  const events = await journey.publishMany(3);
  const deleted = await journey.call('DELETE', `/v1/endpoints/${id}`);
  expect(deleted.body).toEqual({ id, deleted: true, cancelled: 3 });

  const elsewhere = await startTestReceiver();
  const next = await journey.register({ url: elsewhere.url });
  const replay = { from: id, status: ['cancelled'] };
  const replayed = await journey.call('POST', `/v1/endpoints/${next.id}/replay`, replay);
  expect(replayed).toMatchObject({ status: 202, body: { replayed: 3 } });
  for (const event of events) await journey.until(event, 'delivered');
  expect(elsewhere.requests).toHaveLength(3);
  await elsewhere.stop();
});

test("another user's endpoint is nothing to take over from, nor an identity to move", async () => {
  const one = await startJourney(careerHooks);
  const other = await startJourney(careerHooks);
  const { id } = await one.register({ identity });
  const theirs = await other.register({ identity });
  expect(theirs.id).not.toBe(id);
  const replay = { from: id, status: ['cancelled'] };
  const refused = await other.call('POST', `/v1/endpoints/${theirs.id}/replay`, replay);
  expect(refused).toMatchObject({ status: 404 });
  expect((await other.call('POST', `/v1/endpoints/${id}/detach`)).status).toBe(404);
  expect((await other.call('GET', `/v1/endpoints?identity=${identity}`)).body.data).toMatchObject([
    { id: theirs.id },
  ]);
});

test('a registration for a while ends by itself', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register({ identity, lifetime_seconds: 10 });
  expect(await journey.endpoint(id)).toMatchObject({ ends_at: expect.any(String) });
  await waitUntil(
    async () => (await journey.call('GET', `/v1/endpoints/${id}`)).status,
    (status) => status === 404,
    60_000,
  );
});

test('the list says who registered what, from where, and warns where its key is revoked', async () => {
  const created = await careerHooks.call('POST', '/v1/keys', {
    system: 'resumebuilder',
    scopes: ['manage'],
  });
  const { id: keyId, token } = created.body as { id: string; token: string };
  const receiver = await startTestReceiver();
  const registered_by = {
    client: 'n8n',
    label: 'Résumés',
    url: 'https://n8n.example.com/workflow/1',
  };
  await careerHooks.call(
    'POST',
    '/v1/endpoints',
    { url: receiver.url, events: ['*'], identity, registered_by },
    { token },
  );
  const list = async () => {
    const { body } = await careerHooks.call('GET', `/v1/endpoints?url=${receiver.url}`);
    return (body.data as unknown[])[0];
  };
  expect(await list()).toMatchObject({
    registered_by: { ...registered_by, key_id: keyId },
    warnings: [],
  });
  await careerHooks.call('DELETE', `/v1/keys/${keyId}`);
  expect(await list()).toMatchObject({ warnings: [{ code: 'key_revoked' }] });
  await receiver.stop();
});

test.each([
  ['system', { timeout_seconds: 11 }, 422],
  ['extended', { timeout_seconds: 120 }, 201],
  ['extended', { timeout_seconds: 121 }, 422],
])('an answer may take longer by the extended schedule: %s, %j', async (schedule, more, status) => {
  const journey = await startJourney(careerHooks, 'roleready');
  const { url } = journey.receiver;
  const body = { url, events: ['*'], schedule, ...more };
  expect((await journey.call('POST', '/v1/endpoints', body)).status).toBe(status);
});

test('going back to the system’s own schedule takes a timeout that it lets', async () => {
  const journey = await startJourney(careerHooks, 'roleready');
  const { id } = await journey.register({ schedule: 'extended', timeout_seconds: 60 });
  const patch = (body: object) => journey.call('PATCH', `/v1/endpoints/${id}`, body);
  expect(await patch({ description: 'Slow' })).toMatchObject({ status: 200 });
  expect(await patch({ schedule: 'system' })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('at most 10 seconds') },
  });
  expect(await patch({ schedule: 'system', timeout_seconds: null })).toMatchObject({ status: 200 });
});
