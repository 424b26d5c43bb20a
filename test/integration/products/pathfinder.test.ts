import { findSystem } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { waitUntil } from '../../support/wait-until';
import { documents, formOf } from './conformance';
import { startUser } from './user';

const { verifyWebhookSignature, WebhookHandler } = jest.requireActual<{
  verifyWebhookSignature: (payload: Buffer, signature: string, secret: string) => boolean;
  WebhookHandler: new (secret: string) => {
    on(type: string, handler: (event: unknown) => Promise<void>): void;
    handle(payload: Buffer, signature: string): Promise<{ processed: number; failed: number }>;
  };
}>('../../unit/systems/documents/pathfinder.cjs');

const CREATE = `
POST /api/webhooks
Authorization: Bearer {token}
Content-Type: application/json

{
  "url": "https://your-app.com/webhooks/pathfinder",
  "events": [
    "user.created",
    "user.updated",
    "experience.created"
  ],
  "active": true,
  "secret": "your-webhook-secret-key"
}
`;

const LIST = `
GET /api/webhooks
Authorization: Bearer {token}
`;

const UPDATE = `
PUT /api/webhooks/{webhook_id}
Authorization: Bearer {token}
Content-Type: application/json

{
  "events": ["user.created", "user.updated", "user.deleted"],
  "active": true
}
`;

const DELETE = `
DELETE /api/webhooks/{webhook_id}
Authorization: Bearer {token}
`;

const TEST = `
POST /api/webhooks/{webhook_id}/test
Authorization: Bearer {token}
Content-Type: application/json

{
  "event_type": "user.created"
}
`;

const PRINTED_URL = 'https://your-app.com/webhooks/pathfinder';

const EVENTS = findSystem('pathfinder')!.events;

let careerHooks: TestCareerHooks;

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const user = (prefix = '') => startUser(careerHooks, 'pathfinder', prefix);

describe.each(['', '/pathfinder'])('at %s/api/webhooks', (prefix) => {
  test(
    documents('Pathfinder', 'Creating a webhook', 'the printed request and answer'),
    async () => {
      const { send } = await user(prefix);
      const { status, body } = await send(CREATE);
      expect(status).toBe(201);
      expect(formOf(body)).toEqual(
        formOf({
          success: true,
          data: {
            webhook: {
              id: 'webhook_abc123',
              url: PRINTED_URL,
              events: ['user.created', 'user.updated', 'experience.created'],
              active: true,
              created_at: '2024-03-01T10:00:00Z',
              signing_key: 'whsec_1234567890abcdef',
            },
          },
        }),
      );
      expect(body.data.webhook).toMatchObject({
        url: PRINTED_URL,
        events: ['user.created', 'user.updated', 'experience.created'],
        active: true,
        signing_key: expect.stringMatching(/^whsec_/),
      });
    },
  );

  test(documents('Pathfinder', 'List webhooks', 'all of the user'), async () => {
    const { send } = await user(prefix);
    expect((await send(LIST)).body).toEqual({ success: true, data: { webhooks: [] } });
    const { body: created } = await send(CREATE);
    const { signing_key, ...webhook } = created.data.webhook;
    expect(signing_key).toBeDefined();
    expect((await send(LIST)).body).toEqual({ success: true, data: { webhooks: [webhook] } });
  });

  test(documents('Pathfinder', 'Update webhook', 'events and active'), async () => {
    const { send, call } = await user(prefix);
    const { body: created } = await send(CREATE);
    const id = created.data.webhook.id as string;
    const { status, body } = await send(UPDATE, { '{webhook_id}': id });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      data: {
        webhook: {
          id,
          url: PRINTED_URL,
          events: ['user.created', 'user.updated', 'user.deleted'],
          active: true,
          created_at: created.data.webhook.created_at,
        },
      },
    });
    expect((await call('GET', `/api/webhooks/${id}`)).body).toEqual(body);
  });

  test(documents('Pathfinder', 'Delete webhook', 'deletes, and then it is not found'), async () => {
    const { send, call } = await user(prefix);
    const { body: created } = await send(CREATE);
    const id = created.data.webhook.id as string;
    expect(await send(DELETE, { '{webhook_id}': id })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    for (const answer of [
      await send(DELETE, { '{webhook_id}': id }),
      await send(UPDATE, { '{webhook_id}': id }),
      await send(TEST, { '{webhook_id}': id }),
      await call('GET', `/api/webhooks/${id}`),
      await call('GET', '/api/webhooks/%00'),
    ]) {
      expect(answer).toMatchObject({
        status: 404,
        body: { success: false, error: 'Webhook not found' },
      });
    }
  });

  test(
    documents('Pathfinder', 'Test webhook', 'sends the event type that is asked for'),
    async () => {
      const { send, receiver } = await user(prefix);
      const { body: created } = await send(CREATE, { [PRINTED_URL]: receiver.url });
      const changes = { '{webhook_id}': created.data.webhook.id as string };
      expect(await send(TEST, changes)).toMatchObject({
        status: 200,
        body: { success: true, data: { test: { event_type: 'user.created', status_code: 200 } } },
      });
      const [request] = receiver.requests;
      expect(JSON.parse(request!.body.toString())).toMatchObject({ type: 'user.created' });
      receiver.answer = () => ({ status: 503 });
      expect((await send(TEST, changes)).body).toMatchObject({
        success: false,
        error: expect.any(String),
        data: { test: { status_code: 503 } },
      });
      const unknown = { ...changes, 'user.created': 'user.unknown' };
      expect(await send(TEST, unknown)).toMatchObject({ status: 400, body: { success: false } });
    },
  );
});

test(
  documents('Pathfinder', 'Available events', 'all nineteen are delivered in the standard payload'),
  async () => {
    const { call, publish, receiver } = await user();
    const secret = 'your-webhook-secret-key';
    await call('POST', '/api/webhooks', { url: receiver.url, events: Object.keys(EVENTS), secret });
    const types = Object.keys(EVENTS);
    expect(types).toHaveLength(19);
    for (const type of types) expect((await publish(type)).body).toMatchObject({ deliveries: 1 });
    const requests = await receiver.waitFor(19);
    const seen = requests.map(({ body, headers }) => {
      const signature = String(headers['x-pathfinder-signature']);
      expect(verifyWebhookSignature(body, signature, secret)).toBe(true);
      const payload = JSON.parse(body.toString()) as { type: string };
      expect(payload).toMatchObject({
        id: expect.stringMatching(/^evt_/),
        api_version: '1.0',
        created: expect.any(Number),
        data: EVENTS[payload.type]!.example,
      });
      return payload.type;
    });
    expect(seen.sort()).toEqual(types.sort());
  },
);

test(
  documents('Pathfinder', 'Complete webhook handler', "the document's class takes a delivery"),
  async () => {
    const { call, publish, receiver } = await user();
    const { body } = await call('POST', '/api/webhooks', {
      url: receiver.url,
      events: ['user.created'],
    });
    // Where no secret is supplied, the signing key is the secret.
    const handler = new WebhookHandler(body.data.webhook.signing_key as string);
    const handled: unknown[] = [];
    handler.on('user.created', (event) => Promise.resolve(void handled.push(event)));
    await publish('user.created');
    const [request] = await receiver.waitFor(1);
    const signature = String(request!.headers['x-pathfinder-signature']);
    expect(await handler.handle(request!.body, signature)).toEqual({ processed: 1, failed: 0 });
    expect(handled).toMatchObject([{ type: 'user.created' }]);
    await expect(handler.handle(Buffer.from('{}'), signature)).rejects.toThrow('signature');
  },
);

test(documents('Pathfinder', 'active', 'false: nothing is delivered'), async () => {
  const { send, publish, receiver } = await user();
  const changes = { [PRINTED_URL]: receiver.url, '"active": true': '"active": false' };
  const { body } = await send(CREATE, changes);
  expect(body.data.webhook.active).toBe(false);
  expect((await publish('user.created')).body).toMatchObject({ deliveries: 0 });
  const id = { '{webhook_id}': body.data.webhook.id as string };
  expect((await send(UPDATE, id)).body.data.webhook.active).toBe(true);
  expect((await publish('user.created')).body).toMatchObject({ deliveries: 1 });
  await receiver.waitFor(1);
  expect(
    (await send(UPDATE, { ...id, '"active": true': '"active": false' })).body.data.webhook.active,
  ).toBe(false);
  expect((await publish('user.created')).body).toMatchObject({ deliveries: 0 });
});

test(
  documents('Pathfinder', 'Retry logic', 'three attempts in all, after 1 s and 2 s, the same body'),
  async () => {
    const { call, publish, receiver } = await user();
    receiver.answer = () => ({ status: 500 });
    await call('POST', '/api/webhooks', { url: receiver.url, events: ['auth.login'] });
    await publish('auth.login');
    const requests = await receiver.waitFor(3);
    const [first, second, third] = requests.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThan(950);
    expect(third - second).toBeGreaterThan(1_950);
    expect(third - first).toBeLessThan(15_000);
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1);
    await waitUntil(
      () => call('GET', '/api/webhooks/metrics'),
      ({ body }) => body.data.metrics.failed === 1,
    );
    expect(receiver.requests).toHaveLength(3);
  },
);

test(
  documents('Pathfinder', 'Webhook metrics', 'the names and formats of getStats()'),
  async () => {
    const { call, publish, receiver } = await user();
    const metrics = () => call('GET', '/api/webhooks/metrics');
    expect((await metrics()).body).toEqual({
      success: true,
      data: {
        metrics: {
          received: 0,
          processed: 0,
          failed: 0,
          byType: {},
          latency: [],
          successRate: '0.00%',
          averageLatency: '0.00ms',
        },
      },
    });
    receiver.answer = ({ body }) => ({ status: body.includes('auth.login') ? 410 : 200 });
    await call('POST', '/api/webhooks', { url: receiver.url, events: ['user.*', 'auth.login'] });
    await publish('user.created');
    await publish('user.created');
    await receiver.waitFor(2);
    await publish('auth.login');
    const { body } = await waitUntil(metrics, (answer) => answer.body.data.metrics.received === 3);
    expect(body.data.metrics).toEqual({
      received: 3,
      processed: 2,
      failed: 1,
      byType: {
        'user.created': { received: 2, processed: 2 },
        'auth.login': { received: 1, processed: 0 },
      },
      latency: [expect.any(Number), expect.any(Number), expect.any(Number)],
      successRate: '66.67%',
      averageLatency: expect.stringMatching(/^\d+\.\d\dms$/),
    });
  },
);

test('a webhook for lost events alone is tested with one of them', async () => {
  const { call, receiver } = await user();
  const wanted = { url: receiver.url, events: ['delivery.failed'] };
  const { body: made } = await call('POST', '/api/webhooks', wanted);
  const { body } = await call('POST', `/api/webhooks/${made.data.webhook.id}/test`, {});
  expect(body).toMatchObject({
    success: true,
    data: { test: { event_type: 'delivery.failed', status_code: 200 } },
  });
});

test('in metrics, what was cancelled has failed', async () => {
  const { call, publish, receiver } = await user();
  const { body: made } = await call('POST', '/api/webhooks', {
    ...{ url: receiver.url, events: ['user.*'] },
  });
  await publish('user.created');
  await receiver.waitFor(1);
  await call('POST', `/v1/endpoints/${made.data.webhook.id}/pause`);
  await publish('user.created');
  const { body: held } = await call('GET', '/v1/deliveries?status=held');
  await call('POST', `/v1/deliveries/${held.data[0].id}/cancel`);
  const { body } = await waitUntil(
    () => call('GET', '/api/webhooks/metrics'),
    (answer) => answer.body.data.metrics.received === 2,
  );
  expect(body.data.metrics).toMatchObject({
    ...{ received: 2, processed: 1, failed: 1, successRate: '50.00%' },
    byType: { 'user.created': { received: 2, processed: 1 } },
    latency: [expect.any(Number)],
  });
});

test(documents('Pathfinder', 'Webhook metrics (limit)', 'the last 100 latencies'), async () => {
  const { call, receiver, token } = await user();
  await call('POST', '/api/webhooks', { url: receiver.url, events: ['auth.logout'] });
  const events = Array.from({ length: 105 }, () => ({
    type: 'auth.logout',
    data: EVENTS['auth.logout']!.example,
  }));
  await careerHooks.call('POST', '/v1/events', { events }, { token });
  const { body } = await waitUntil(
    () => call('GET', '/api/webhooks/metrics'),
    (answer) => answer.body.data.metrics.processed === 105,
    60_000,
  );
  expect(body.data.metrics.latency).toHaveLength(100);
});

test.each(['user.deleted', 'auth.failed_attempts', 'admin.audit_alert'])(
  documents('Pathfinder', 'Alert if critical', 'a lost %s is an event delivery.failed'),
  async (type) => {
    const [one, other] = [await user(), await user()];
    one.receiver.answer = () => ({ status: 500 });
    const { body: failing } = await one.call('POST', '/api/webhooks', {
      url: one.receiver.url,
      events: [type],
    });
    const { body: alerts } = await one.call('POST', '/api/webhooks', {
      url: `http://127.0.0.1:${other.receiver.port}/alerts`,
      events: ['delivery.failed'],
    });
    const { body: published } = await one.publish(type);
    const [request] = await other.receiver.waitFor(1, 15_000);
    const signature = String(request!.headers['x-pathfinder-signature']);
    const key = alerts.data.webhook.signing_key as string;
    expect(verifyWebhookSignature(request!.body, signature, key)).toBe(true);
    expect(JSON.parse(request!.body.toString())).toMatchObject({
      type: 'delivery.failed',
      data: {
        delivery_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        event_id: published.id,
        event_type: type,
        endpoint_id: failing.data.webhook.id,
        attempts: 3,
        last_status_code: 500,
        last_error_code: 'http_500',
        failed_at: expect.any(String),
      },
    });
  },
);

test(
  documents('Pathfinder', 'Authorization', 'one user sees nothing of another; errors in its shape'),
  async () => {
    const [one, other] = [await user(), await user()];
    const { body } = await one.send(CREATE);
    const id = { '{webhook_id}': body.data.webhook.id as string };
    expect((await other.send(LIST)).body.data.webhooks).toEqual([]);
    for (const printed of [UPDATE, DELETE, TEST]) {
      expect((await other.send(printed, id)).status).toBe(404);
    }
    for (const wrong of [
      { events: ['user.created'] },
      { url: PRINTED_URL },
      { url: PRINTED_URL, events: ['user.unknown'] },
      { url: PRINTED_URL, events: ['user.created'], secret: 'short' },
      { url: `${PRINTED_URL}/`.padEnd(2049, 'x'), events: ['user.created'] },
      { url: 'https://user:password@your-app.com/', events: ['user.created'] },
    ]) {
      expect(await one.call('POST', '/api/webhooks', wrong)).toMatchObject({
        status: 400,
        body: { success: false, error: expect.any(String) },
      });
    }
    const answer = await careerHooks.call('GET', '/pathfinder/api/webhooks', undefined, {
      token: null,
    });
    expect(answer).toMatchObject({ status: 401, body: { success: false } });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  },
);
