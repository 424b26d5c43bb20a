import { findSystem } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { documents, formOf, sendPrinted } from './conformance';
import { freePorts } from '../../support/temporal';

const { verifyWebhookSignature } = jest.requireActual<{
  verifyWebhookSignature: (payload: unknown, signature: string, secret: string) => boolean;
}>('../../unit/systems/documents/roleready.cjs');

const GET_CONFIG = `
GET /api/webhooks/config
Authorization: Bearer <token>
`;

const SAVE_CONFIG = `
POST /api/webhooks/config
Authorization: Bearer <token>
Content-Type: application/json

{
  "url": "https://your-app.com/webhooks",
  "enabled": true,
  "enabledEvents": [
    "resume.parsed",
    "ats.check_completed",
    "tailoring.completed"
  ]
}
`;

const TEST = `
POST /api/webhooks/test
Authorization: Bearer <token>
`;

const LOGS = `
GET /api/webhooks/logs?limit=50&offset=0&event=resume.parsed&success=true
Authorization: Bearer <token>
`;

const STATS = `
GET /api/webhooks/stats
Authorization: Bearer <token>
`;

const REGENERATE = `
POST /api/webhooks/regenerate-secret
Authorization: Bearer <token>
`;

const DELETE = `
DELETE /api/webhooks/config
Authorization: Bearer <token>
`;

const PRINTED_URL = 'https://your-app.com/webhooks';

const AVAILABLE_EVENTS = [
  'resume.parsed',
  'resume.parse_failed',
  'ats.check_completed',
  'ats.check_failed',
  'tailoring.completed',
  'tailoring.failed',
  'operation.cancelled',
];

const DATA = Object.fromEntries(
  Object.entries(findSystem('roleready')!.events).map(([type, { example }]) => [type, example]),
);

let careerHooks: TestCareerHooks;
const receivers: TestReceiver[] = [];

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(async () => {
  await careerHooks.stop();
  await Promise.all(receivers.map((receiver) => receiver.stop()));
});

let users = 0;

/** A user with a token and a receiver, and the document's requests for them. */
async function startUser(prefix = '') {
  const user = `user_${++users}`;
  const token = await careerHooks.key({ system: 'roleready', user });
  const receiver = await startTestReceiver();
  receivers.push(receiver);
  const send = (printed: string, changes?: Record<string, string>) =>
    sendPrinted(careerHooks, printed, { token, prefix, ...(changes && { changes }) });
  return {
    user,
    token,
    receiver,
    send,
    /** The document's configuration at the receiver. */
    save: (changes?: Record<string, string>) =>
      send(SAVE_CONFIG, { [PRINTED_URL]: receiver.url, ...changes }),
    post: (path: string, body: unknown) =>
      careerHooks.call('POST', `${prefix}${path}`, body, { token }),
    get: (path: string) => careerHooks.call('GET', `${prefix}${path}`, undefined, { token }),
    publish: (type: string) =>
      careerHooks.call('POST', '/v1/events', { type, data: DATA[type] }, { token }),
  };
}

describe.each(['', '/roleready'])('at %s/api/webhooks', (prefix) => {
  test(
    documents('RoleReady', 'GET /api/webhooks/config', 'configured, config and availableEvents'),
    async () => {
      const { send } = await startUser(prefix);
      expect(await send(GET_CONFIG)).toMatchObject({
        status: 200,
        body: { configured: false, config: null, availableEvents: AVAILABLE_EVENTS },
      });
      await send(SAVE_CONFIG);
      const { status, body } = await send(GET_CONFIG);
      expect(status).toBe(200);
      expect(formOf(body)).toEqual(
        formOf({
          configured: true,
          config: {
            id: 'clx...',
            url: 'https://your-app.com/webhooks',
            enabled: true,
            enabledEvents: ['resume.parsed', 'ats.check_completed', 'tailoring.completed'],
            createdAt: '2024-11-14T10:00:00Z',
            updatedAt: '2024-11-14T10:00:00Z',
          },
          availableEvents: AVAILABLE_EVENTS,
        }),
      );
      expect(body).toMatchObject({
        configured: true,
        config: {
          url: PRINTED_URL,
          enabled: true,
          enabledEvents: ['resume.parsed', 'ats.check_completed', 'tailoring.completed'],
        },
        availableEvents: AVAILABLE_EVENTS,
      });
    },
  );

  test(
    documents('RoleReady', 'POST /api/webhooks/config', 'creates, and shows the secret'),
    async () => {
      const { send } = await startUser(prefix);
      const { status, body } = await send(SAVE_CONFIG);
      expect(status).toBe(200);
      expect(body).toEqual({
        success: true,
        config: {
          id: expect.any(String),
          url: PRINTED_URL,
          secret: expect.stringMatching(/^[0-9a-f]{64}$/),
          enabled: true,
          enabledEvents: ['resume.parsed', 'ats.check_completed', 'tailoring.completed'],
        },
        message: 'Webhook configuration saved successfully',
      });
    },
  );

  test(
    documents('RoleReady', 'POST /api/webhooks/test (success)', 'a signed test and its answer'),
    async () => {
      const { send, save, receiver } = await startUser(prefix);
      const { body: saved } = await save();
      const { status, body } = await send(TEST);
      expect(status).toBe(200);
      expect(body).toEqual({
        success: true,
        message: 'Test webhook sent successfully',
        statusCode: 200,
        deliveryId: expect.any(String),
      });
      expect(formOf(body)).toMatchObject({ deliveryId: 'uuid' });
      const [request] = receiver.requests;
      const sent = JSON.parse(request!.body.toString()) as { deliveryId: string };
      expect(sent.deliveryId).toBe((body as { deliveryId: string }).deliveryId);
      expect(
        verifyWebhookSignature(
          sent,
          String(request!.headers['x-webhook-signature']),
          saved.config.secret as string,
        ),
      ).toBe(true);
    },
  );

  test(
    documents(
      'RoleReady',
      'POST /api/webhooks/test (failure)',
      'details, no statusCode, deliveryId',
    ),
    async () => {
      const { send } = await startUser(prefix);
      const [port] = await freePorts(1);
      await send(SAVE_CONFIG, { [PRINTED_URL]: `http://127.0.0.1:${port}/` });
      expect((await send(TEST)).body).toEqual({
        success: false,
        error: 'Failed to deliver test webhook',
        details: expect.stringContaining(`127.0.0.1:${port}`),
        statusCode: null,
        deliveryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    },
  );

  test(
    documents(
      'RoleReady',
      'POST /api/webhooks/regenerate-secret',
      'a new secret that signs at once',
    ),
    async () => {
      const { send, save, receiver } = await startUser(prefix);
      const { body: saved } = await save();
      const { status, body } = await send(REGENERATE);
      expect(status).toBe(200);
      expect(body).toEqual({
        success: true,
        message: 'Webhook secret regenerated successfully',
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(body.secret).not.toBe(saved.config.secret);
      await send(TEST);
      const [request] = receiver.requests;
      const payload: unknown = JSON.parse(request!.body.toString());
      const signature = String(request!.headers['x-webhook-signature']);
      expect(verifyWebhookSignature(payload, signature, body.secret as string)).toBe(true);
      expect(verifyWebhookSignature(payload, signature, saved.config.secret as string)).toBe(false);
    },
  );

  test(
    documents('RoleReady', 'DELETE /api/webhooks/config', 'deletes; then nothing is configured'),
    async () => {
      const { send } = await startUser(prefix);
      await send(SAVE_CONFIG);
      expect(await send(DELETE)).toMatchObject({
        status: 200,
        body: { success: true, message: 'Webhook configuration deleted successfully' },
      });
      expect((await send(GET_CONFIG)).body).toMatchObject({ configured: false, config: null });
      for (const printed of [TEST, REGENERATE, DELETE]) {
        const { status, body } = await send(printed);
        expect(status).toBe(404);
        expect(body).toMatchObject({ success: false, error: expect.any(String) });
      }
    },
  );
});

test(
  documents('RoleReady', 'POST /api/webhooks/config (update)', 'a new URL changes the same one'),
  async () => {
    const { send, save, post, receiver } = await startUser();
    const { body: first } = await send(SAVE_CONFIG);
    const { body: second } = await save();
    expect(second.config).toEqual({ ...first.config, url: receiver.url });
    // Also when two requests come at once.
    const urls = ['a', 'b', 'c'].map((path) => `${receiver.url}/${path}`);
    const answers = await Promise.all(urls.map((url) => post('/api/webhooks/config', { url })));
    expect(new Set(answers.map(({ body }) => body.config.id as string))).toEqual(
      new Set([first.config.id]),
    );
    expect(answers[0]!.body.config.enabledEvents).toEqual(AVAILABLE_EVENTS);
  },
);

test(
  documents('RoleReady', 'GET /api/webhooks/logs', 'fields, filters and pagination'),
  async () => {
    const { send, save, publish, get, receiver } = await startUser();
    receiver.answer = (_, index) => ({ status: index === 2 ? 410 : 200 });
    await save();
    // One after the other, each recorded: the third request is then the third event's.
    const types = ['resume.parsed', 'resume.parsed', 'ats.check_completed'];
    for (const [index, type] of types.entries()) {
      await publish(type);
      await waitUntil(
        () => get('/api/webhooks/logs'),
        ({ body }) => body.pagination.total === index + 1,
      );
    }
    const { status, body } = await send(LOGS);
    expect(status).toBe(200);
    expect(formOf(body)).toEqual(
      formOf({
        logs: [
          {
            id: 'clx...',
            event: 'resume.parsed',
            url: 'https://your-app.com/webhooks',
            success: true,
            statusCode: 200,
            attempts: 1,
            error: null,
            deliveryId: '550e8400-e29b-41d4-a716-446655440000',
            deliveredAt: '2024-11-14T10:05:00Z',
            createdAt: '2024-11-14T10:05:00Z',
          },
        ],
        pagination: { total: 150, limit: 50, offset: 0, hasMore: true },
      }),
    );
    expect(body.logs).toHaveLength(2);
    expect(body.pagination).toEqual({ total: 2, limit: 50, offset: 0, hasMore: false });

    const paged = (await get('/api/webhooks/logs?limit=1&offset=1')).body;
    expect(paged.pagination).toEqual({ total: 3, limit: 1, offset: 1, hasMore: true });
    const failed = (await get('/api/webhooks/logs?success=false')).body;
    expect(failed.logs).toEqual([
      expect.objectContaining({
        event: 'ats.check_completed',
        success: false,
        statusCode: 410,
        error: expect.any(String),
        deliveredAt: null,
      }),
    ]);
  },
);

test(
  documents('RoleReady', 'GET /api/webhooks/logs (limits)', 'limit 1–100, 50 by default'),
  async () => {
    const { get } = await startUser();
    expect((await get('/api/webhooks/logs')).body.pagination).toEqual({
      total: 0,
      limit: 50,
      offset: 0,
      hasMore: false,
    });
    for (const query of ['limit=1', 'limit=100', 'offset=7', 'success=true']) {
      expect((await get(`/api/webhooks/logs?${query}`)).status).toBe(200);
    }
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'success=maybe']) {
      expect(await get(`/api/webhooks/logs?${query}`)).toMatchObject({
        status: 400,
        body: { success: false, error: expect.any(String), details: expect.any(String) },
      });
    }
  },
);

test(
  documents('RoleReady', 'GET /api/webhooks/stats', 'counts, and strings with two decimals'),
  async () => {
    const { send, save, publish, receiver } = await startUser();
    expect((await send(STATS)).body).toEqual({
      total: 0,
      successful: 0,
      failed: 0,
      successRate: '0.00',
      averageAttempts: '0.00',
      byEvent: {},
    });
    receiver.answer = ({ body }) => ({ status: body.includes('ats.') ? 410 : 200 });
    await save();
    await publish('resume.parsed');
    await publish('tailoring.completed');
    await receiver.waitFor(2);
    await publish('ats.check_completed');
    const { body } = await waitUntil(
      () => send(STATS),
      (answer) => answer.body.total === 3,
    );
    expect(body).toEqual({
      total: 3,
      successful: 2,
      failed: 1,
      successRate: '66.67',
      averageAttempts: '1.00',
      byEvent: {
        'resume.parsed': { total: 1, successful: 1, failed: 0 },
        'tailoring.completed': { total: 1, successful: 1, failed: 0 },
        'ats.check_completed': { total: 1, successful: 0, failed: 1 },
      },
    });
  },
);

test('in statistics, what was cancelled has failed, and was no attempt', async () => {
  const { send, save, publish, receiver, token } = await startUser();
  const { body: saved } = await save();
  await publish('resume.parsed');
  await receiver.waitFor(1);
  const native = (method: string, path: string) =>
    careerHooks.call(method, path, undefined, { token });
  await native('POST', `/v1/endpoints/${saved.config.id}/pause`);
  await publish('tailoring.completed');
  const { body: held } = await native('GET', '/v1/deliveries?status=held');
  await native('POST', `/v1/deliveries/${held.data[0].id}/cancel`);
  const { body } = await waitUntil(
    () => send(STATS),
    (answer) => answer.body.total === 2,
  );
  expect(body).toEqual({
    ...{ total: 2, successful: 1, failed: 1, successRate: '50.00', averageAttempts: '1.00' },
    byEvent: {
      'resume.parsed': { total: 1, successful: 1, failed: 0 },
      'tailoring.completed': { total: 1, successful: 0, failed: 1 },
    },
  });
});

test(
  documents('RoleReady', 'Webhook payload, headers and signature', 'all seven events verify'),
  async () => {
    const { user, receiver, post, publish } = await startUser();
    const { body } = await post('/api/webhooks/config', { url: receiver.url });
    for (const type of AVAILABLE_EVENTS) expect((await publish(type)).status).toBe(202);
    const requests = await receiver.waitFor(AVAILABLE_EVENTS.length);
    const types = requests.map(({ headers, body: bytes }) => {
      const payload = JSON.parse(bytes.toString()) as Record<string, unknown>;
      const event = String(payload.event);
      expect(
        verifyWebhookSignature(
          payload,
          String(headers['x-webhook-signature']),
          body.config.secret as string,
        ),
      ).toBe(true);
      expect(payload).toEqual({
        event,
        deliveryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        userId: user,
        data: DATA[event],
      });
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'x-webhook-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
        'x-webhook-event': event,
        'x-webhook-delivery-id': payload.deliveryId,
        'user-agent': 'RoleReady-Webhook/1.0',
      });
      return event;
    });
    expect(types.sort()).toEqual([...AVAILABLE_EVENTS].sort());
  },
);

test(
  documents('RoleReady', 'Event filtering', 'only enabled events, and none while disabled'),
  async () => {
    const { receiver, save, post, publish } = await startUser();
    await save({ '"tailoring.completed"': '"tailoring.failed"' });
    expect((await publish('tailoring.completed')).body).toMatchObject({ deliveries: 0 });
    expect((await publish('resume.parsed')).body).toMatchObject({ deliveries: 1 });
    await receiver.waitFor(1);
    const { body } = await save({ '"enabled": true': '"enabled": false' });
    expect(body.config.enabled).toBe(false);
    expect((await publish('resume.parsed')).body).toMatchObject({ deliveries: 0 });
    await post('/api/webhooks/config', { url: receiver.url, enabled: true });
    expect((await publish('resume.parsed')).body).toMatchObject({ deliveries: 1 });
    expect(await receiver.waitFor(2)).toHaveLength(2);
  },
);

test(
  documents(
    'RoleReady',
    'Retry logic',
    'four attempts, after 1 s, 5 s and 15 s, the same delivery',
  ),
  async () => {
    const { receiver, save, publish, get } = await startUser();
    receiver.answer = () => ({ status: 500 });
    await save();
    await publish('resume.parsed');
    const requests = await receiver.waitFor(4, 40_000);
    const waits = requests.slice(1).map(({ at }, index) => at - requests[index]!.at);
    for (const [index, seconds] of [1, 5, 15].entries()) {
      expect(waits[index]).toBeGreaterThan(seconds * 1000 - 50);
      expect(waits[index]).toBeLessThan(seconds * 1000 + 8_000);
    }
    expect(new Set(requests.map(({ headers }) => headers['x-webhook-delivery-id'])).size).toBe(1);
    const { body } = await waitUntil(
      () => get('/api/webhooks/stats'),
      (answer) => answer.body.failed === 1,
    );
    expect(body).toMatchObject({ total: 1, averageAttempts: '4.00', successRate: '0.00' });
  },
);

test(
  documents('RoleReady', 'Limits', 'URLs to 2,048 characters, known events, and 10 s'),
  async () => {
    const { receiver, post, send } = await startUser();
    const longest = `${receiver.url}/`.padEnd(2048, 'x');
    const save = (body: unknown) => post('/api/webhooks/config', body);
    expect((await save({ url: longest })).status).toBe(200);
    const failures = [
      { url: `${longest}x` },
      { url: 'not a url' },
      { url: 'ftp://your-app.com/' },
      { url: receiver.url, enabledEvents: ['resume.unknown'] },
      { url: receiver.url, enabled: 'yes' },
      {},
    ];
    for (const body of failures) {
      expect(await save(body)).toMatchObject({
        status: 400,
        body: { success: false, error: expect.any(String), details: expect.any(String) },
      });
    }
    receiver.answer = () => ({ delayMs: 11_000 });
    const startedAt = Date.now();
    expect((await send(TEST)).body).toMatchObject({ success: false, statusCode: null });
    expect(Date.now() - startedAt).toBeGreaterThan(9_900);
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  },
);

test(
  documents('RoleReady', 'Authorization', 'one user sees nothing of another; errors in its shape'),
  async () => {
    const [one, other] = [await startUser(), await startUser()];
    await one.save();
    await one.send(TEST);
    expect((await other.send(GET_CONFIG)).body).toMatchObject({ configured: false });
    expect((await other.get('/api/webhooks/logs')).body).toMatchObject({ logs: [] });
    expect((await other.send(DELETE)).status).toBe(404);
    expect((await one.send(GET_CONFIG)).body).toMatchObject({ configured: true });
    for (const prefix of ['', '/roleready']) {
      for (const token of ['wrong', 'chk_wrong']) {
        const answer = await sendPrinted(careerHooks, GET_CONFIG, { token, prefix });
        expect(answer).toMatchObject({
          status: 401,
          body: { success: false, error: expect.any(String) },
        });
      }
      const path = `${prefix}/api/webhooks/config`;
      const bad = await careerHooks.call('POST', path, undefined, { token: one.token, raw: '{' });
      expect(bad).toMatchObject({ status: 400, body: { success: false } });
    }
  },
);

test('the admin acts for the whole system under /roleready, and for none at the root', async () => {
  const answer = await careerHooks.call('GET', '/roleready/api/webhooks/logs');
  expect(answer.status).toBe(200);
  expect((await careerHooks.call('GET', '/api/webhooks/logs')).status).toBe(403);
  const publisher = await careerHooks.key({ system: 'roleready', scopes: ['publish'] });
  const options = { token: publisher };
  const refused = await careerHooks.call('GET', '/api/webhooks/config', undefined, options);
  expect(refused).toMatchObject({ status: 403, body: { success: false } });
  const cv = { token: await careerHooks.key({ system: 'cv' }) };
  const elsewhere = await careerHooks.call('GET', '/api/webhooks/config', undefined, cv);
  expect(elsewhere).toMatchObject({ status: 404, body: { success: false } });
});

test('the API is described at /roleready/openapi.json', async () => {
  const { body } = await careerHooks.call('GET', '/roleready/openapi.json');
  expect(body.servers).toMatchObject([{ url: `${careerHooks.url}/roleready` }]);
  expect(Object.keys(body.paths as object)).toEqual([
    '/api/webhooks/config',
    '/api/webhooks/test',
    '/api/webhooks/logs',
    '/api/webhooks/stats',
    '/api/webhooks/regenerate-secret',
  ]);
});
