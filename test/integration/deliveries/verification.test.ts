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
      verification: {
        tries: 1,
        last_error: null,
        last_error_code: null,
        last_status_code: 200,
        last_answer_excerpt: '{"challenge":"[challenge]"}',
      },
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

test.concurrent.each([
  ['bare', (challenge: string) => `${challenge}\n`],
  ['a JSON string, as FastAPI\'s `return body["challenge"]` has it', JSON.stringify],
])('the challenge alone is an answer, too: %s', async (_, write: (challenge: string) => string) => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = (challenge) => ({ body: write(challenge) });
  expect((await journey.register()).status).toBe('active');
});

test.concurrent.each([
  [
    'does not echo',
    { body: '{"ok":true}' },
    ['challenge_not_echoed', 200, /^It answered 200, but neither the bare challenge nor \{"ch/],
  ],
  ['answers 404', { status: 404, body: 'Nothing here' }, ['http_404', 404, /^It answered 404 .*/]],
  [
    'redirects',
    { status: 302, headers: { location: '/' }, body: '' },
    ['http_redirect', 302, /redirect.*register the URL that it leads to/],
  ],
] as const)('an endpoint that %s is pending, and says why', async (_, answer, expected) => {
  const [code, status, message] = expected;
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = () => answer;
  const endpoint = await journey.register();
  expect(endpoint).toMatchObject({
    status: 'pending',
    verification: {
      tries: 1,
      last_error: expect.stringMatching(message) as string,
      last_error_code: code,
      last_status_code: status,
      last_answer_excerpt: answer.body,
      verified_at: null,
    },
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

test.concurrent('what is shown of an answer never has the challenge, whoever asks', async () => {
  const journey = await startJourney(careerHooks);
  journey.receiver.answerChallenge = (challenge) => ({
    body: `<html>${'.'.repeat(900)} You sent ${challenge}${'x'.repeat(2000)}</html>`,
  });
  const { id } = await journey.register();
  const shown = await journey.endpoint(id);
  expect(shown.verification).toMatchObject({
    last_error_code: 'challenge_not_echoed',
    last_error: expect.stringContaining('inside of something else') as string,
    last_answer_excerpt: expect.stringContaining(' You sent [challenge]xxx') as string,
  });
  expect(shown.verification!.last_answer_excerpt).toHaveLength(1024);

  // An echo service, which shows the request as it came.
  journey.receiver.answerChallenge = (challenge) => ({
    body: JSON.stringify({ data: Buffer.from(JSON.stringify({ challenge })).toString('base64') }),
  });
  const again = await journey.call('POST', `/v1/endpoints/${id}/verify`);
  expect(again.body.verification).toMatchObject({
    tries: 2,
    last_answer_excerpt: '[withheld: it has the challenge in another form]',
  });
  const listed = await journey.call('GET', '/v1/endpoints');
  expect(JSON.stringify(listed.body)).not.toContain(lastChallenge(journey.receiver));
});

test.concurrent('an endpoint whose URL is not reached says so', async () => {
  const journey = await startJourney(careerHooks);
  const closed = await startTestReceiver();
  await closed.stop();
  expect(await journey.register({ url: closed.url })).toMatchObject({
    status: 'pending',
    verification: {
      last_error: `The connection was refused (127.0.0.1:${closed.port}): ECONNREFUSED. Let the URL be reached from here, or register another.`,
      last_error_code: 'connection_refused',
      last_status_code: null,
      last_answer_excerpt: null,
    },
  });
});

test.concurrent(
  'what the second challenge was answered, 5 s later, takes the place of the first',
  async () => {
    const journey = await startJourney(careerHooks);
    journey.receiver.answerChallenge = () => ({ status: 503, body: 'Starting' });
    const { id } = await journey.register();
    journey.receiver.answerChallenge = () => ({ status: 401, body: 'Who are you?' });
    const { verification } = await waitUntil(
      () => journey.endpoint(id),
      (endpoint) => endpoint.verification!.tries === 2,
    );
    expect(verification).toMatchObject({
      last_error_code: 'http_401',
      last_status_code: 401,
      last_answer_excerpt: 'Who are you?',
    });
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
  expect(right.body.verification).toMatchObject({ last_error: null, last_status_code: null });
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
