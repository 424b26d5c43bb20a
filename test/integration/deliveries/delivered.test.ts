import { createHmac } from 'node:crypto';
import { type System, systems, verify } from '@careerhooks/systems';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example, startJourney } from '../../support/journey';
import type { ReceivedRequest } from '../../support/receiver';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** A request's headers as the verifying libraries take them. */
function headersOf({ headers }: ReceivedRequest): Record<string, string> {
  return headers as Record<string, string>;
}

/** The signatures of `webhook-signature`, by their version. */
function signatures(request: ReceivedRequest, version: string): string[] {
  return String(request.headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith(`${version},`));
}

function verifies(request: ReceivedRequest, signingKey: string): boolean {
  try {
    new Webhook(signingKey).verify(request.body, headersOf(request));
    return true;
  } catch {
    return false;
  }
}

function hex(secret: string, ...parts: (string | Buffer)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

describe('each system', () => {
  test.each([...systems.values()])(
    "$key: its own headers, which its document's verifier accepts, and Standard Webhooks that two libraries verify",
    async (system) => {
      const journey = await startJourney(careerHooks, system.key);
      const { secret, signing_key } = await journey.register();
      const event = await journey.publish();
      const [request] = await journey.receiver.waitFor(1);

      expect(system.verify(request!, secret)).toBe(true);
      expect(system.verify(request!, 'another secret')).toBe(false);
      expect(request!.headers).toMatchObject(ownHeaders(system, request!, secret));
      expect(request!.headers).toMatchObject({
        'content-type': 'application/json',
        'x-careerhooks-system': system.key,
        'x-careerhooks-event': event.type,
        'x-careerhooks-event-id': event.id,
        'x-careerhooks-attempt': '1',
        'x-careerhooks-last-attempt': 'false',
      });
      const age = Date.now() / 1000 - Number(request!.headers['webhook-timestamp']);
      expect(age).toBeLessThan(10);

      const body: unknown = JSON.parse(request!.body.toString());
      expect(new Webhook(signing_key).verify(request!.body, headersOf(request!))).toEqual(body);
      expect(
        new SvixWebhook(signing_key).verify(request!.body.toString(), headersOf(request!)),
      ).toEqual(body);

      const delivery = await journey.until(event, 'delivered');
      expect(delivery.id).toBe(request!.headers['webhook-id']);
      expect(delivery.attempts).toMatchObject([{ number: 1, succeeded: true, status_code: 200 }]);
    },
  );

  /** What the system makes of the request's facts, `User-Agent` too, by lower-case names. */
  function ownHeaders(
    system: System,
    { headers, body }: ReceivedRequest,
    secret: string,
  ): Record<string, string> {
    const own = system.headers({
      event: {
        id: String(headers['x-careerhooks-event-id']),
        type: String(headers['x-careerhooks-event']),
        user: '',
        createdAt: Date.parse(String(headers['x-careerhooks-event-time'])),
      },
      delivery: { id: String(headers['webhook-id']) },
      body,
      secret,
      timestamp: Number(headers['webhook-timestamp']),
    });
    return Object.fromEntries(
      Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]),
    );
  }
});

test('a body that was tampered with verifies nowhere', async () => {
  const journey = await startJourney(careerHooks);
  const { signing_key } = await journey.register();
  await journey.publish();
  const [request] = await journey.receiver.waitFor(1);
  const tampered = { ...request!, body: Buffer.concat([request!.body, Buffer.from(' ')]) };
  expect(verifies(request!, signing_key)).toBe(true);
  expect(verifies(tampered, signing_key)).toBe(false);
});

test('an endpoint may have Ed25519 signatures, which the public key verifies', async () => {
  const journey = await startJourney(careerHooks);
  const { public_key, signing_key } = await journey.register({ ed25519: true });
  expect(public_key).toMatch(/^whpk_/);
  await journey.publish();
  const [request] = await journey.receiver.waitFor(1);
  expect(signatures(request!, 'v1a')).toHaveLength(1);
  const { headers, body } = request!;
  expect(verify({ headers, body, keys: [public_key!] }).id).toBe(headers['webhook-id']);
  expect(verifies(request!, signing_key)).toBe(true);
});

test("an integrator's own secret keys the documented signature", async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  const own = 'a secret of the integrator';
  const { secret } = await journey.register({ secret: own });
  expect(secret).toBe(own);
  await journey.publish();
  const [request] = await journey.receiver.waitFor(1);
  expect(request!.headers['x-pathfinder-signature']).toBe(`sha256=${hex(own, request!.body)}`);
});

describe('rotation', () => {
  test('during the overlap both secrets verify, and the documented header has the new one', async () => {
    const journey = await startJourney(careerHooks);
    const before = await journey.register();
    const { body: after } = await journey.call(
      'POST',
      `/v1/endpoints/${before.id}/rotate-secret`,
      {},
    );
    await journey.publish();
    const [request] = await journey.receiver.waitFor(1);
    expect(signatures(request!, 'v1')).toHaveLength(2);
    expect(verifies(request!, before.signing_key)).toBe(true);
    expect(verifies(request!, after.signing_key)).toBe(true);
    expect(request!.headers['x-webhook-signature']).toBe(hex(after.secret, request!.body));
  });

  test('without an overlap only the new secret verifies', async () => {
    const journey = await startJourney(careerHooks);
    const before = await journey.register({ ed25519: true });
    const { body: after } = await journey.call('POST', `/v1/endpoints/${before.id}/rotate-secret`, {
      overlap_seconds: 0,
    });
    expect(after.public_key).not.toBe(before.public_key);
    await journey.publish();
    const [request] = await journey.receiver.waitFor(1);
    expect(signatures(request!, 'v1')).toHaveLength(1);
    expect(signatures(request!, 'v1a')).toHaveLength(1);
    expect(verifies(request!, before.signing_key)).toBe(false);
    expect(verifies(request!, after.signing_key)).toBe(true);
  });
});

describe("an endpoint's own headers", () => {
  test('are sent, replace no signature, and are never shown', async () => {
    const journey = await startJourney(careerHooks);
    const { id, signing_key, secret } = await journey.register({
      headers: {
        Authorization: 'Bearer gateway-token-7',
        'WEBHOOK-SIGNATURE': 'v1,forged',
        'x-webhook-signature': 'forged',
        'X-Webhook-Event': 'forged',
      },
    });
    const event = await journey.publish();
    const [request] = await journey.receiver.waitFor(1);
    expect(request!.headers.authorization).toBe('Bearer gateway-token-7');
    expect(verifies(request!, signing_key)).toBe(true);
    expect(request!.headers['x-webhook-signature']).toBe(hex(secret, request!.body));
    expect(request!.headers['x-webhook-event']).toBe(event.type);

    const answers = await Promise.all([
      journey.call('GET', `/v1/endpoints/${id}`),
      journey.call('GET', '/v1/endpoints'),
      journey.call('PATCH', `/v1/endpoints/${id}`, { description: 'x' }),
      journey.call('GET', `/v1/deliveries/${(await journey.deliveryOf(event)).id}`),
    ]);
    for (const { body } of answers) {
      expect(JSON.stringify(body)).not.toContain('gateway-token-7');
      expect(JSON.stringify(body)).not.toContain(secret);
    }
    expect(answers[0].body.has_headers).toBe(true);
  });

  test('also go with the challenge', async () => {
    const journey = await startJourney(careerHooks);
    await journey.register({ headers: { Authorization: 'Bearer gateway' } });
    expect(journey.receiver.challenges[0]!.headers.authorization).toBe('Bearer gateway');
  });
});

describe('who gets what', () => {
  test('wildcards take what is below them, and each endpoint gets an event once', async () => {
    const journey = await startJourney(careerHooks);
    await journey.register({ events: ['resume.*', 'resume.parsed', 'resume.*'] });
    const parsed = await journey.publish({ type: 'resume.parsed' });
    const checked = await journey.publish({ type: 'ats.check_completed' });
    expect([parsed.deliveries, checked.deliveries]).toEqual([1, 0]);
    await journey.until(parsed, 'delivered');
    expect(journey.receiver.requests).toHaveLength(1);
  });

  test("an endpoint of one user gets no other user's events; one without a user gets all", async () => {
    const [one, other] = [await startJourney(careerHooks), await startJourney(careerHooks)];
    await one.register();
    const all = await startJourney(careerHooks);
    const { body: endpoint } = await careerHooks.call('POST', '/v1/endpoints', {
      system: 'roleready',
      url: all.receiver.url,
      events: ['*'],
    });
    expect((await one.publish()).deliveries).toBe(2);
    expect((await other.publish()).deliveries).toBe(1);
    await all.receiver.waitFor(2);
    await one.receiver.waitFor(1);
    expect(all.receiver.requests).toHaveLength(2);
    expect(one.receiver.requests).toHaveLength(1);
    await careerHooks.call('DELETE', `/v1/endpoints/${String(endpoint.id)}`);
  });

  test("a system's endpoint gets nothing of another system", async () => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    await journey.register();
    const { body } = await careerHooks.call('POST', '/v1/events', {
      system: 'resumebuilder',
      user: journey.user,
      type: 'resume.created',
      ...example('resumebuilder', 'resume.created'),
    });
    expect(body.deliveries).toBe(0);
  });
});

test('the body is what was published: names, order, numbers and characters', async () => {
  const journey = await startJourney(careerHooks, 'resumebuilder');
  await journey.register();
  const data = {
    ...(example('resumebuilder', 'resume.created').data as object),
    '2': 'two',
    '1': 'one',
    ü: '“quoted” \u2028 \\ \u0000 🎉',
    deep: { list: [1, 1.5, -0.001, 1e21, null, true, []] },
  };
  await journey.publish({ type: 'resume.created', data });
  const [request] = await journey.receiver.waitFor(1);
  expect(JSON.parse(request!.body.toString())).toMatchObject(data);
});

describe('the test endpoint', () => {
  test('sends an example once and shows the answer', async () => {
    const journey = await startJourney(careerHooks);
    const { id, signing_key } = await journey.register({ events: ['ats.*'] });
    journey.receiver.answer = () => ({ status: 201, body: 'thank you' });
    const { status, body } = await journey.call('POST', `/v1/endpoints/${id}/test`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      delivered: true,
      type: 'ats.check_completed',
      status_code: 201,
      error_code: null,
      answer_excerpt: 'thank you',
    });
    const [request] = journey.receiver.requests;
    expect(verifies(request!, signing_key)).toBe(true);
    expect(request!.headers['x-careerhooks-last-attempt']).toBe('true');
  });

  test('shows a failure, does not retry, and counts in no statistic', async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register();
    journey.receiver.answer = () => ({ status: 500, body: 'oh\0no' });
    const { body } = await journey.call('POST', `/v1/endpoints/${id}/test`, {
      type: 'resume.parse_failed',
    });
    expect(body).toMatchObject({
      delivered: false,
      type: 'resume.parse_failed',
      status_code: 500,
      error_code: 'http_500',
    });
    const delivery = await journey.delivery(body.delivery_id as string);
    expect(delivery).toMatchObject({ status: 'failed', attempt_count: 1, workflow_id: null });
    const { body: stats } = await journey.call('GET', `/v1/stats?endpoint=${id}`);
    expect(stats.deliveries.total).toBe(0);
    const { body: listed } = await journey.call('GET', '/v1/events');
    expect(listed.data).toMatchObject([{ id: body.event_id, test: true }]);
  });

  test('names a refused connection', async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register();
    await journey.receiver.stop();
    const { body } = await journey.call('POST', `/v1/endpoints/${id}/test`);
    expect(body).toMatchObject({
      delivered: false,
      status_code: null,
      error_code: 'connection_refused',
    });
    expect(body.error_message).toContain(`127.0.0.1:${journey.receiver.port}`);
  });
});
