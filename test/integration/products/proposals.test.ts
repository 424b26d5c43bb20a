import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findSystem } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { ReceivedRequest } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { documents, formOf } from './conformance';
import { type ProductUser, startUser } from './user';

/** The document prints the line and the body apart; its authentication is elsewhere. */
const REGISTER = `
POST /api/webhooks

{
  "url": "https://your-server.com/webhook",
  "events": ["job.completed", "job.failed"],
  "secret": "your_webhook_secret"
}
`;

const LIST = 'GET /api/webhooks';
const GET = 'GET /api/webhooks/{id}';

const UPDATE = `
PUT /api/webhooks/{id}

{
  "url": "https://new-url.com/webhook",
  "events": ["job.completed", "job.failed"]
}
`;

const DELETE = 'DELETE /api/webhooks/{id}';
const TEST = 'POST /api/webhooks/{id}/test';

const PRINTED_URL = 'https://your-server.com/webhook';

const EVENTS = findSystem('proposals')!.events;

let careerHooks: TestCareerHooks;

beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const user = (prefix = '') => startUser(careerHooks, 'proposals', prefix);

function verifyInPython(requests: ReceivedRequest[], secret: string): unknown {
  const run = join(__dirname, '../systems/documents/run.py');
  const { stdout, stderr } = spawnSync('python3', ['-B', run, 'proposals', 'text'], {
    input: JSON.stringify(
      requests.map(({ body, headers }) => ({
        body: body.toString('base64'),
        signature: headers['x-webhook-signature'],
        secret,
      })),
    ),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Registers the user's receiver, which answers its challenge. */
async function register({ call, receiver }: ProductUser, events: string[]) {
  const { body } = await call('POST', '/api/webhooks', { url: receiver.url, events });
  return body as { id: string; status: string; secret: string };
}

describe.each(['', '/proposals'])('at %s/api/webhooks', (prefix) => {
  test(
    documents('Proposal Generator', 'Register webhook', 'the printed request and answer'),
    async () => {
      const { send, receiver } = await user(prefix);
      const { status, body } = await send(REGISTER, { [PRINTED_URL]: receiver.url });
      expect(status).toBe(201);
      expect(formOf(body)).toEqual(
        formOf({
          id: 'webhook_123',
          url: 'https://your-server.com/webhook',
          events: ['job.completed', 'job.failed'],
          status: 'active',
          created_at: '2024-01-15T10:30:00Z',
        }),
      );
      expect(body).toMatchObject({
        url: receiver.url,
        events: ['job.completed', 'job.failed'],
        status: 'active',
      });
    },
  );

  test(
    documents(
      'Proposal Generator',
      'Verify webhook',
      'webhook.verify, answered with its challenge',
    ),
    async () => {
      const { send, receiver } = await user(prefix);
      await send(REGISTER, { [PRINTED_URL]: receiver.url });
      const [challenge] = receiver.challenges;
      expect(JSON.parse(challenge!.body.toString())).toEqual({
        type: 'webhook.verify',
        challenge: expect.any(String),
      });
      expect(verifyInPython(receiver.challenges, 'your_webhook_secret')).toEqual([true]);
    },
  );

  test(documents('Proposal Generator', 'List and get webhooks', 'as printed'), async () => {
    const { send, receiver } = await user(prefix);
    expect((await send(LIST)).body).toEqual({ webhooks: [] });
    const { body: created } = await send(REGISTER, { [PRINTED_URL]: receiver.url });
    const { created_at, ...listed } = created;
    expect(created_at).toBeDefined();
    expect((await send(LIST)).body).toEqual({ webhooks: [listed] });
    expect((await send(GET, { '{id}': created.id as string })).body).toEqual(created);
  });

  test(
    documents('Proposal Generator', 'Update webhook', 'a new URL has to verify itself'),
    async () => {
      const { send, receiver } = await user(prefix);
      const { body: created } = await send(REGISTER, { [PRINTED_URL]: receiver.url });
      const { status, body } = await send(UPDATE, {
        '{id}': created.id as string,
        'https://new-url.com/webhook': `${receiver.url}/new`,
      });
      expect(status).toBe(200);
      expect(body).toEqual({ ...created, url: `${receiver.url}/new` });
      expect(receiver.challenges.map(({ path }) => path)).toEqual(['/hook', '/hook/new']);
    },
  );

  test(documents('Proposal Generator', 'Test webhook', 'sends a test event'), async () => {
    const { send, receiver } = await user(prefix);
    const { body: created } = await send(REGISTER, { [PRINTED_URL]: receiver.url });
    expect((await send(TEST, { '{id}': created.id as string })).body).toEqual({
      id: expect.any(String),
      type: 'job.completed',
      delivered: true,
      status_code: 200,
      error: null,
    });
    expect(verifyInPython(receiver.requests, 'your_webhook_secret')).toEqual([true]);
  });

  test(documents('Proposal Generator', 'Delete webhook', 'then it is not found'), async () => {
    const { send, receiver } = await user(prefix);
    const { body: created } = await send(REGISTER, { [PRINTED_URL]: receiver.url });
    const id = { '{id}': created.id as string };
    expect((await send(DELETE, id)).status).toBe(200);
    for (const printed of [GET, UPDATE, DELETE, TEST]) {
      expect(await send(printed, id)).toMatchObject({
        status: 404,
        body: { error: 'Webhook not found' },
      });
    }
  });
});

test(
  documents('Proposal Generator', 'Status', 'pending until the challenge is answered; events wait'),
  async () => {
    const someone = await user();
    const { receiver, send, publish } = someone;
    receiver.answerChallenge = () => ({ body: '{"status":"ok"}' });
    const { id, status } = await register(someone, ['job.created']);
    expect(status).toBe('pending');
    await publish('job.created');
    expect((await send(TEST, { '{id}': id })).status).toBe(409);
    receiver.answerChallenge = undefined;
    await waitUntil(
      () => send(GET, { '{id}': id }),
      ({ body }) => body.status === 'active',
      45_000,
    );
    expect(await receiver.waitFor(1)).toHaveLength(1);
  },
);

test(
  documents('Proposal Generator', 'Event types', 'all seven, in the printed envelope, verified'),
  async () => {
    const someone = await user();
    const { receiver, publish } = someone;
    const types = Object.keys(EVENTS);
    expect(types).toHaveLength(7);
    const { secret } = await register(someone, types);
    for (const type of types) await publish(type);
    const requests = await receiver.waitFor(7);
    expect(verifyInPython(requests, secret)).toEqual(types.map(() => true));
    const seen = requests.map(({ body }) => {
      const payload = JSON.parse(body.toString()) as { type: string };
      expect(payload).toEqual({
        id: expect.any(String),
        type: payload.type,
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        data: EVENTS[payload.type]!.example,
      });
      return payload.type;
    });
    expect(seen.sort()).toEqual(types.sort());
  },
);

const progressOf = (job: string, completed: number) => ({
  job_id: job,
  progress: { completed, total: 10, percentage: completed * 10 },
});

const received = ({ requests }: { requests: ReceivedRequest[] }) =>
  requests.map(({ body }) => {
    const { type, data } = JSON.parse(body.toString()) as {
      type: string;
      data: { job_id: string; progress?: { completed: number } };
    };
    return `${type} ${data.job_id} ${data.progress?.completed ?? ''}`.trim();
  });

test(
  documents(
    'Proposal Generator',
    'job.progress',
    'at most one in 10 s for each job; the newest wins',
  ),
  async () => {
    const someone = await user();
    const { receiver, publish, call } = someone;
    const { id } = await register(someone, ['job.progress']);
    for (let step = 1; step <= 5; step += 1) await publish('job.progress', progressOf('a', step));
    await publish('job.progress', progressOf('b', 1));
    await receiver.waitFor(3, 20_000);
    expect(received(receiver).sort()).toEqual([
      'job.progress a 1',
      'job.progress a 5',
      'job.progress b 1',
    ]);
    const ofJob = receiver.requests.filter((_, index) =>
      received(receiver)[index]!.includes(' a '),
    );
    expect(ofJob[1]!.at - ofJob[0]!.at).toBeGreaterThan(9_900);
    expect(ofJob[1]!.at - ofJob[0]!.at).toBeLessThan(18_000);
    const { body } = await call('GET', `/v1/deliveries?endpoint=${id}&status=cancelled`);
    const codes = (body.data as { last_error_code: string }[]).map((row) => row.last_error_code);
    expect(codes).toEqual(['superseded', 'superseded', 'superseded']);
  },
);

test.each(['job.completed', 'job.failed'])(
  documents('Proposal Generator', 'job.progress (end)', 'what waits goes at once, before %s'),
  async (type) => {
    const someone = await user();
    const { receiver, publish } = someone;
    await register(someone, ['job.*']);
    await publish('job.progress', progressOf('a', 1));
    await receiver.waitFor(1);
    await publish('job.progress', progressOf('a', 9));
    await sleep(1_500);
    expect(receiver.requests).toHaveLength(1);
    const startedAt = Date.now();
    await publish(type, { ...(EVENTS[type]!.example as object), job_id: 'a' });
    await receiver.waitFor(3);
    expect(Date.now() - startedAt).toBeLessThan(7_500);
    expect(received(receiver)).toEqual(['job.progress a 1', 'job.progress a 9', `${type} a`]);
  },
);

test(
  documents('Proposal Generator', 'Retry logic', 'at once, then 1, 2, 4 and 8 s: five retries'),
  async () => {
    const someone = await user();
    const { receiver, publish } = someone;
    receiver.answer = () => ({ status: 500 });
    await register(someone, ['job.created']);
    await publish('job.created');
    const requests = await receiver.waitFor(6, 30_000);
    const waits = requests.slice(1).map(({ at }, index) => at - requests[index]!.at);
    for (const [index, seconds] of [0, 1, 2, 4, 8].entries()) {
      expect(waits[index]).toBeGreaterThan(seconds * 1000 - 50);
      expect(waits[index]).toBeLessThan(seconds * 1000 + 8_000);
    }
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1);
  },
);

test(documents('Proposal Generator', 'Timeout', 'a receiver has five seconds'), async () => {
  const someone = await user();
  const { receiver, send } = someone;
  const { id } = await register(someone, ['job.created']);
  receiver.answer = () => ({ delayMs: 6_000 });
  const startedAt = Date.now();
  expect((await send(TEST, { '{id}': id })).body).toMatchObject({
    delivered: false,
    status_code: null,
    error: expect.any(String),
  });
  expect(Date.now() - startedAt).toBeGreaterThan(4_900);
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});

test(
  documents('Proposal Generator', 'Authorization', 'one user sees nothing of another; flat errors'),
  async () => {
    const [one, other] = [await user(), await user()];
    const { id } = await register(one, ['job.created']);
    expect((await other.send(LIST)).body).toEqual({ webhooks: [] });
    for (const printed of [GET, UPDATE, DELETE, TEST]) {
      expect((await other.send(printed, { '{id}': id })).status).toBe(404);
    }
    for (const wrong of [
      {},
      { url: PRINTED_URL, events: ['job.unknown'] },
      { url: 'x', events: [] },
    ]) {
      const answer = await one.call('POST', '/api/webhooks', wrong);
      expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
      expect(Object.keys(answer.body as object)).toEqual(['error']);
    }
    const answer = await careerHooks.call('GET', '/proposals/api/webhooks', undefined, {
      token: 'wrong',
    });
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  },
);
