import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { startTestReceiver } from '../../support/receiver';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

test('takes the new secret at once, and keeps the endpoint', async () => {
  const journey = await startJourney(careerHooks);
  const first = await journey.register({ secret: 'the-first-secret-of-all' });
  const second = await journey.register({ secret: 'the-second-secret-of-all' });
  expect(second).toMatchObject({ id: first.id, secret: 'the-second-secret-of-all' });
  await journey.until(await journey.publish(), 'delivered');
  const signatures = journey.receiver.requests[0]!.headers['webhook-signature'] as string;
  expect(signatures.split(' ')).toHaveLength(1);
});

test('replaces the events', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register({ events: ['resume.*'] });
  await journey.register({ events: ['ats.check_completed'] });
  expect((await journey.publish({ type: 'resume.parsed' })).deliveries).toBe(0);
  expect((await journey.publish({ type: 'ats.check_completed' })).deliveries).toBe(1);
});

test('challenges a pending URL again at once', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => ({ status: 404 });
  expect((await journey.register()).status).toBe('pending');
  journey.receiver.answerChallenge = undefined;
  expect(await journey.register()).toMatchObject({ status: 'active', verification: { tries: 2 } });
});

test('without verification makes a pending endpoint active, and what was held goes out', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => ({ status: 404 });
  await journey.register();
  const event = await journey.publish();
  expect((await journey.deliveryOf(event)).status).toBe('held');
  expect(await journey.register({ verify: false })).toMatchObject({
    status: 'active',
    verification: null,
  });
  await journey.until(event, 'delivered');
});

test('without verification is no way round the challenge of the Proposal Generator', async () => {
  const journey = await startJourney(careerHooks, 'proposals');
  journey.receiver.answerChallenge = () => ({ status: 404 });
  await journey.register();
  expect((await journey.register({ verify: false })).status).toBe('pending');
});

test('after it was deleted makes a new endpoint; deleting twice is 404', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  const remove = () => journey.call('DELETE', `/v1/endpoints/${id}`);
  expect((await remove()).status).toBe(200);
  expect((await remove()).status).toBe(404);
  const again = await journey.register();
  expect(again.id).not.toBe(id);
  await journey.until(await journey.publish(), 'delivered');
});

test('a paused endpoint that moves stays paused when its new URL is verified', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  await journey.call('POST', `/v1/endpoints/${id}/pause`);
  const elsewhere = await startTestReceiver();
  elsewhere.answerChallenge = () => ({ status: 404 });
  const moved = await journey.call('PATCH', `/v1/endpoints/${id}`, { url: elsewhere.url });
  expect(moved.body).toMatchObject({
    status: 'pending',
    status_reason: expect.stringContaining('paused again'),
  });
  elsewhere.answerChallenge = undefined;
  const verified = await journey.call('POST', `/v1/endpoints/${id}/verify`);
  expect(verified.body).toMatchObject({ status: 'paused', status_reason: null });
  const event = await journey.publish();
  expect((await journey.deliveryOf(event)).status).toBe('held');

  await journey.call('POST', `/v1/endpoints/${id}/resume`);
  await journey.until(event, 'delivered');
  await elsewhere.stop();
});
