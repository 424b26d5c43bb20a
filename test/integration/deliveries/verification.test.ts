import { Webhook } from 'standardwebhooks';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { connectClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

function lastChallenge(receiver: TestReceiver): string {
  const body = JSON.parse(receiver.challenges.at(-1)!.body.toString()) as { challenge: string };
  return body.challenge;
}

test.concurrent(
  'an endpoint that echoes its challenge is active when it is registered',
  async () => {
    const journey = await startJourney(careerHooks, 'proposals');
    const endpoint = await journey.register();
    expect(endpoint).toMatchObject({
      status: 'active',
      verification: { tries: 1, last_error: null },
    });
    const [challenge] = journey.receiver.challenges;
    expect(challenge!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-webhook-event': 'webhook.verify',
      'user-agent': 'ProposalGenerator-Webhook/1.0',
    });
    const verified = new Webhook(endpoint.signing_key).verify(
      challenge!.body,
      challenge!.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ type: 'webhook.verify' });
  },
);

test.concurrent('the bare challenge is an answer, too', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = (challenge) => ({ body: `${challenge}\n` });
  expect((await journey.register()).status).toBe('active');
});

test.concurrent.each([
  ['does not echo', { body: '{"ok":true}' }, 'challenge_not_echoed'],
  ['answers 404', { status: 404 }, 'http_404'],
  ['redirects', { status: 302, headers: { location: '/' } }, 'http_302'],
])('an endpoint that %s is pending, and says why', async (_, answer, code) => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => answer;
  const endpoint = await journey.register();
  expect(endpoint).toMatchObject({
    status: 'pending',
    verification: { tries: 1, last_error: code, verified_at: null },
  });
  for (const action of ['test', 'pause', 'resume']) {
    const refused = await journey.call('POST', `/v1/endpoints/${endpoint.id}/${action}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'endpoint_not_active']);
  }
});

test.concurrent(
  'a pending endpoint gets no event until it passes the next challenge, 5 s later',
  async () => {
    const journey = await startJourney(careerHooks, 'proposals');
    const { receiver } = journey;
    receiver.answerChallenge = () => ({ status: 503 });
    const { id } = await journey.register();
    const events = [await journey.publish(), await journey.publish()];
    for (const event of events) expect((await journey.deliveryOf(event)).status).toBe('held');

    receiver.answerChallenge = undefined;
    await waitUntil(
      () => journey.endpoint(id),
      ({ status }) => status === 'active',
    );
    const [first, second] = receiver.challenges;
    expect(receiver.challenges).toHaveLength(2);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(5_000);
    expect(second!.at - first!.at).toBeLessThan(20_000);
    expect(second!.body.equals(first!.body)).toBe(true);

    for (const event of events) await journey.until(event, 'delivered');
    expect(receiver.requests).toHaveLength(2);
    expect(receiver.requests[0]!.at).toBeGreaterThanOrEqual(second!.at);

    const temporal = await connectClient(careerHooks);
    expect(await temporal.result(`verification/${id}`)).toMatchObject({ status: 'verified' });
    await temporal.close();
  },
);

test.concurrent('a receiver that cannot echo proves itself by the token', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => ({ status: 202 });
  const { id } = await journey.register();
  const event = await journey.publish();

  const wrong = await journey.call('POST', `/v1/endpoints/${id}/verify`, { challenge: 'guess' });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong_challenge']);
  expect((await journey.endpoint(id)).status).toBe('pending');

  const right = await journey.call('POST', `/v1/endpoints/${id}/verify`, {
    challenge: lastChallenge(journey.receiver),
  });
  expect([right.status, right.body.status]).toEqual([200, 'active']);
  await journey.until(event, 'delivered');
});

test.concurrent('an owner may have the challenge repeated at once', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => ({ status: 500 });
  const { id } = await journey.register();
  journey.receiver.answerChallenge = undefined;
  const { body } = await journey.call('POST', `/v1/endpoints/${id}/verify`);
  expect(body).toMatchObject({ status: 'active', verification: { tries: 2, last_error: null } });
  const again = await journey.call('POST', `/v1/endpoints/${id}/verify`);
  expect([again.status, again.body.status]).toEqual([200, 'active']);
  expect(journey.receiver.challenges).toHaveLength(2);
});

test.concurrent(
  'verify: false spares native endpoints the challenge, but not proposals',
  async () => {
    const native = await startJourney(careerHooks, 'resumebuilder');
    expect(await native.register({ verify: false })).toMatchObject({
      status: 'active',
      verification: null,
    });
    expect(native.receiver.challenges).toHaveLength(0);

    const proposals = await startJourney(careerHooks, 'proposals');
    proposals.receiver.answerChallenge = () => ({ status: 200 });
    expect((await proposals.register({ verify: false })).status).toBe('pending');
  },
);

test.concurrent('a new URL is challenged; deliveries wait for it', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  const elsewhere = await startTestReceiver();
  elsewhere.answerChallenge = () => ({ status: 500 });
  const moved = await journey.call('PATCH', `/v1/endpoints/${id}`, { url: elsewhere.url });
  expect(moved.body).toMatchObject({ url: elsewhere.url, status: 'pending' });
  const event = await journey.publish();
  expect((await journey.deliveryOf(event)).status).toBe('held');

  elsewhere.answerChallenge = undefined;
  await journey.call('POST', `/v1/endpoints/${id}/verify`);
  await journey.until(event, 'delivered');
  expect(elsewhere.requests).toHaveLength(1);
  expect(journey.receiver.requests).toHaveLength(0);
  await elsewhere.stop();
});

test.concurrent('the same URL, or another field, is not challenged again', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  await journey.register({ description: 'once more' });
  await journey.call('PATCH', `/v1/endpoints/${id}`, {
    url: journey.receiver.url,
    events: ['resume.*'],
  });
  expect((await journey.endpoint(id)).status).toBe('active');
  expect(journey.receiver.challenges).toHaveLength(1);
});

test.concurrent('a late answer of the old URL does not verify the new one', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = (challenge) => ({
    body: JSON.stringify({ challenge }),
    delayMs: 1_000,
  });
  const registering = journey.register();
  const { body } = await waitUntil(
    () => journey.call('GET', '/v1/endpoints'),
    (answer) => answer.body.data.length === 1,
  );
  const victim = await startTestReceiver();
  victim.answerChallenge = () => ({ status: 404 });
  const { id } = body.data[0];
  await journey.call('PATCH', `/v1/endpoints/${id}`, { url: victim.url });
  await registering;
  expect(await journey.endpoint(id)).toMatchObject({ url: victim.url, status: 'pending' });
  await victim.stop();
});
