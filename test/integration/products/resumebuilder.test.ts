import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findSystem } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { waitUntil } from '../../support/wait-until';
import { documents, formOf } from './conformance';
import { startUser } from './user';

/** The document's curl commands, as requests. */
const CREATE = `
POST /api/v1/webhooks
Authorization: Bearer $TOKEN
Content-Type: application/json

{
    "url": "https://webhook.site/your-unique-url",
    "events": [
      "resume.created",
      "resume.updated",
      "resume.deleted",
      "export.completed",
      "user.email_verified",
      "user.password_changed"
    ],
    "description": "Test webhook",
    "timeout_seconds": 30,
    "max_retries": 3
  }
`;

const EVENTS_LOG = `
GET /api/v1/webhooks/{webhook_id}/events
Authorization: Bearer $TOKEN
`;

const PRINTED_URL = 'https://webhook.site/your-unique-url';

const EVENTS = findSystem('resumebuilder')!.events;

let careerHooks: TestCareerHooks;

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const user = (prefix = '') => startUser(careerHooks, 'resumebuilder', prefix);

/** What the document's Python function says of these deliveries. */
function verifyInPython(cases: { body: string; signature: string; secret: string }[]): unknown {
  const run = join(__dirname, '../systems/documents/run.py');
  const { stdout, stderr } = spawnSync('python3', ['-B', run, 'resumebuilder', 'text'], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.each(['', '/resumebuilder'])('at %s/api/v1/webhooks', (prefix) => {
  test(
    documents(
      'ResumeBuilder',
      'POST /api/v1/webhooks',
      'the printed request; the answer has the secret',
    ),
    async () => {
      const { send } = await user(prefix);
      const { status, body } = await send(CREATE);
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.any(String),
        url: PRINTED_URL,
        events: [
          'resume.created',
          'resume.updated',
          'resume.deleted',
          'export.completed',
          'user.email_verified',
          'user.password_changed',
        ],
        description: 'Test webhook',
        timeout_seconds: 30,
        max_retries: 3,
        is_active: true,
        created_at: expect.any(String),
        updated_at: expect.any(String),
        secret: expect.stringMatching(/^whsec_/),
      });
      expect(formOf(body)).toMatchObject({ created_at: 'time', updated_at: 'time' });
    },
  );

  test(
    documents('ResumeBuilder', '/api/v1/webhooks/{id}', 'get, list, put, patch and delete'),
    async () => {
      const { send, call } = await user(prefix);
      const { secret, ...created } = (await send(CREATE)).body;
      expect(secret).toBeDefined();
      const path = `/api/v1/webhooks/${created.id as string}`;
      expect((await call('GET', path)).body).toEqual(created);
      expect((await call('GET', '/api/v1/webhooks')).body).toEqual({
        webhooks: [created],
        total: 1,
      });
      const changes = { description: null, timeout_seconds: 5, max_retries: 0 };
      expect((await call('PUT', path, changes)).body).toMatchObject(changes);
      expect((await call('PATCH', path, { is_active: false })).body).toMatchObject({
        ...changes,
        is_active: false,
      });
      expect((await call('DELETE', path)).status).toBe(204);
      for (const method of ['GET', 'DELETE']) {
        expect(await call(method, path)).toMatchObject({
          status: 404,
          body: { detail: 'Webhook not found' },
        });
      }
    },
  );

  test(
    documents('ResumeBuilder', 'GET /api/v1/webhooks/{webhook_id}/events', 'the delivery log'),
    async () => {
      const { send, call, publish, receiver } = await user(prefix);
      const { body: created } = await send(CREATE, { [PRINTED_URL]: receiver.url });
      await publish('resume.created');
      await publish('resume.deleted');
      await receiver.waitFor(2);
      const id = { '{webhook_id}': created.id as string };
      const { body } = await waitUntil(
        () => send(EVENTS_LOG, id),
        (answer) => answer.body.total === 2,
      );
      expect(body).toMatchObject({ limit: 50, offset: 0 });
      expect(formOf(body.events[0])).toEqual({
        id: 'uuid',
        event_type: 'string',
        event_id: 'string',
        status: 'string',
        attempts: 'number',
        response_status: 'number',
        error: null,
        created_at: 'time',
        next_retry_at: null,
        delivered_at: 'time',
      });
      expect(body.events.map((entry: { event_type: string }) => entry.event_type)).toEqual([
        'resume.deleted',
        'resume.created',
      ]);
      const path = `/api/v1/webhooks/${created.id as string}/events`;
      const page = (await call('GET', `${path}?limit=1&offset=1`)).body;
      expect(page).toMatchObject({ total: 2, limit: 1, offset: 1 });
      expect(page.events).toHaveLength(1);
      expect((await call('GET', `${path}?limit=101`)).status).toBe(422);
    },
  );
});

test(
  documents(
    'ResumeBuilder',
    'Integrated events and HMAC signature',
    'every event verifies in Python',
  ),
  async () => {
    const { call, publish, receiver } = await user();
    const types = Object.keys(EVENTS);
    const { body } = await call('POST', '/api/v1/webhooks', { url: receiver.url, events: types });
    for (const type of types) expect((await publish(type)).body).toMatchObject({ deliveries: 1 });
    const requests = await receiver.waitFor(types.length);
    const cases = requests.map((request) => ({
      body: request.body.toString('base64'),
      signature: String(request.headers['x-webhook-signature']),
      secret: body.secret as string,
    }));
    expect(verifyInPython(cases)).toEqual(types.map(() => true));
    for (const request of requests) {
      const payload = JSON.parse(request.body.toString()) as { event_type: string };
      expect(payload).toMatchObject(EVENTS[payload.event_type]!.example);
    }
  },
);

test(
  documents('ResumeBuilder', 'Event ID', 'is the UUID of the resume, or of the user'),
  async () => {
    const { call, publish, receiver } = await user();
    const events = ['export.failed', 'user.password_changed'];
    await call('POST', '/api/v1/webhooks', { url: receiver.url, events });
    for (const type of events) await publish(type);
    for (const { body } of await receiver.waitFor(2)) {
      const payload = JSON.parse(body.toString()) as Record<string, unknown>;
      const field = payload.event_type === 'export.failed' ? 'resume_id' : 'user_id';
      expect(payload.event_id).toBe(payload[field]);
    }
  },
);

test(
  documents(
    'ResumeBuilder',
    'Retry logic',
    'exponential backoff, 10 s and then doubled, max_retries',
  ),
  async () => {
    const { call, publish, receiver } = await user();
    receiver.answer = () => ({ status: 500 });
    const { body } = await call('POST', '/api/v1/webhooks', {
      url: receiver.url,
      events: ['resume.created'],
      max_retries: 2,
    });
    const path = `/api/v1/webhooks/${body.id as string}/events`;
    await publish('resume.created');
    await receiver.waitFor(1);
    const retrying = await waitUntil(
      () => call('GET', path),
      (answer) => answer.body.total === 1,
    );
    expect(retrying.body.events[0]).toMatchObject({
      status: 'retrying',
      response_status: 500,
      next_retry_at: expect.any(String),
      delivered_at: null,
    });
    const requests = await receiver.waitFor(3, 45_000);
    const [first, second, third] = requests.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThan(9_950);
    expect(second - first).toBeLessThan(18_000);
    expect(third - second).toBeGreaterThan(19_950);
    expect(third - second).toBeLessThan(28_000);
    await waitUntil(
      () => call('GET', path),
      (answer) => answer.body.events[0].status === 'failed',
    );
  },
);

test(
  documents(
    'ResumeBuilder',
    'timeout_seconds and max_retries',
    'defaults and limits, as FastAPI says them',
  ),
  async () => {
    const { call, receiver } = await user();
    const create = (settings: object) =>
      call('POST', '/api/v1/webhooks', {
        url: receiver.url,
        events: ['resume.created'],
        ...settings,
      });
    expect((await create({})).body).toMatchObject({ timeout_seconds: 30, max_retries: 3 });
    const wrong: [string, unknown][] = [
      ['timeout_seconds', 0],
      ['timeout_seconds', 31],
      ['max_retries', -1],
      ['max_retries', 11],
      ['events', ['resume.unknown']],
      ['events', []],
      ['url', `${receiver.url}/`.padEnd(2049, 'x')],
    ];
    for (const [field, value] of wrong) {
      const { status, body } = await create({ [field]: value });
      expect(status).toBe(422);
      expect(body.detail[0]).toEqual({
        loc: ['body', field],
        msg: expect.any(String),
        type: expect.any(String),
      });
    }
    receiver.answer = () => ({ delayMs: 1_500 });
    const { body: slow } = await create({ timeout_seconds: 1 });
    const path = `/api/v1/webhooks/${slow.id as string}/test`;
    expect((await call('POST', path)).body).toMatchObject({
      delivered: false,
      response_status: null,
      error: expect.any(String),
    });
  },
);

test(
  documents(
    'ResumeBuilder',
    'Authorization',
    'one user sees nothing of another; errors in its shape',
  ),
  async () => {
    const [one, other] = [await user(), await user()];
    const { body } = await one.send(CREATE);
    const path = `/api/v1/webhooks/${body.id as string}`;
    for (const [method, suffix] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['GET', '/events'],
      ['POST', '/test'],
    ] as const) {
      const sent = method === 'PUT' ? {} : undefined;
      expect(await other.call(method, `${path}${suffix}`, sent)).toMatchObject({
        status: 404,
        body: { detail: expect.any(String) },
      });
    }
    for (const prefix of ['', '/resumebuilder']) {
      const answer = await careerHooks.call('GET', `${prefix}/api/v1/webhooks`, undefined, {
        token: 'wrong',
      });
      expect(answer).toMatchObject({ status: 401, body: { detail: expect.any(String) } });
    }
  },
);

describe.each([
  [process.execPath, 'publish-fire-and-forget.mjs'],
  ['python3', 'publish-fire-and-forget.py'],
])('%s %s', (command, file) => {
  const run = (url: string, key: string) => {
    const startedAt = Date.now();
    const child = spawn(command, [join(__dirname, '../../../examples', file)], {
      env: { ...process.env, CAREERHOOKS_URL: url, CAREERHOOKS_KEY: key },
    });
    return new Promise<{ output: string; complaint: string; succeededAfterMs: number }>(
      (resolve, reject) => {
        let [output, complaint, succeededAfterMs] = ['', '', Infinity];
        child.stdout.on('data', (text: Buffer) => {
          output += text.toString();
          succeededAfterMs = Math.min(succeededAfterMs, Date.now() - startedAt);
        });
        child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
        child.on('error', reject);
        child.on('close', (code) => {
          if (code === 0) resolve({ output, complaint, succeededAfterMs });
          else reject(new Error(complaint));
        });
      },
    );
  };

  test(
    documents(
      'ResumeBuilder',
      'Error handling',
      'a publication is accepted beside the main operation',
    ),
    async () => {
      const { token, call, receiver } = await user();
      const events = ['export.completed'];
      await call('POST', '/api/v1/webhooks', { url: receiver.url, events });
      const key = await careerHooks.key({ system: 'resumebuilder', scopes: ['publish'] });
      expect(token).not.toBe(key);
      const { complaint } = await run(careerHooks.url, key);
      expect(complaint).toBe('');
      const id = 'export-7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c';
      const found = await careerHooks.call('GET', `/v1/events/${id}`);
      expect(found.body).toMatchObject({ type: 'export.completed' });
    },
  );

  test(
    documents(
      'ResumeBuilder',
      'Error handling (failure)',
      'the main operation succeeds all the same',
    ),
    async () => {
      const { receiver } = await user();
      const hanging = new URL(receiver.url).origin;
      receiver.answer = () => ({ delayMs: 20_000 });
      for (const url of ['http://127.0.0.1:1', careerHooks.url, hanging]) {
        const { output, complaint, succeededAfterMs } = await run(url, 'chk_wrong');
        expect(output).toContain('The export succeeded.');
        expect(complaint).toContain('webhook export.completed');
        expect(succeededAfterMs).toBeLessThan(10_000);
      }
    },
  );
});
