import type { IDataObject } from 'n8n-workflow';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';
import {
  type Answer,
  FakeN8n,
  type SentRequest,
  Status,
  WEBHOOK_URL,
} from '../../support/fake-n8n';

const webhook = new CareerHooksTrigger().webhookMethods.default;

const TEST_URL = WEBHOOK_URL.replace('/webhook/', '/webhook-test/');

const parameters = {
  system: 'roleready',
  events: ['resume.*', 'ats.check_completed'],
  acknowledge: 'onReceived',
  schedule: 'extended',
  options: {},
};

const IDENTITY = 'n8n/instance-1/workflow-1/node-1';

const endpoint = {
  id: 'ep_1',
  identity: IDENTITY,
  system: 'roleready',
  user: null,
  url: WEBHOOK_URL,
  events: ['ats.check_completed', 'resume.*'],
  description: 'n8n: New résumés, CareerHooks',
  status: 'active',
  schedule: 'extended',
  timeout_seconds: null,
  max_retries: null,
  ordered: false,
  failing_since: null,
  verification: { last_error: null },
};

const ELSEWHERE = { ...endpoint, url: 'https://n8n.example.com/webhook/6ab0/webhook' };

/** A CareerHooks that has these endpoints. */
function server(...endpoints: Record<string, unknown>[]): Answer {
  return ({ method, path, body, query }: SentRequest) => {
    if (path === '/v1/me') return { kind: 'admin', system: null, user: null, scopes: [] };
    if (method === 'POST') return new Status(201, { ...endpoint, ...body });
    if (method === 'DELETE') return { deleted: true };
    return {
      data: endpoints.filter(({ identity }) => identity === query.identity),
      next_cursor: null,
    };
  };
}

const problem = (status: number, code: string, detail: string) =>
  new Status(status, { title: 'A title', status, code, detail });

test('registers the URL with what the fields say, to be challenged, with a secret', async () => {
  const n8n = new FakeN8n({ parameters, answer: server(endpoint) });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]).toMatchObject({
    method: 'POST',
    path: '/v1/endpoints',
    body: {
      url: WEBHOOK_URL,
      system: 'roleready',
      events: ['resume.*', 'ats.check_completed'],
      description: 'n8n: New résumés, CareerHooks',
      schedule: 'extended',
      ordered: false,
      timeout_seconds: null,
      max_retries: null,
      verify: true,
      secret: expect.stringMatching(/^whsec_/),
    },
  });
});

test('passes on the options that are set', async () => {
  const options = {
    user: 'user_123',
    ordered: true,
    timeout: 20,
    maxRetries: 0,
    description: 'Mine',
  };
  const n8n = new FakeN8n({ parameters: { ...parameters, options }, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body).toMatchObject({
    user: 'user_123',
    ordered: true,
    timeout_seconds: 20,
    max_retries: 0,
    description: 'Mine',
  });
});

test('takes numbers that an expression gives as text, and leaves it to the server to refuse others', async () => {
  const bodyOf = async (options: Record<string, unknown>) => {
    const n8n = new FakeN8n({ parameters: { ...parameters, options }, answer: server() });
    await webhook.create.call(n8n.context);
    return n8n.sent[0]!.body;
  };
  expect(await bodyOf({ timeout: '20', maxRetries: '2' })).toMatchObject({
    timeout_seconds: 20,
    max_retries: 2,
  });
  expect(await bodyOf({ timeout: 'soon' })).toMatchObject({ timeout_seconds: 'soon' });
});

test('takes events that an expression gives as text', async () => {
  const events = 'resume.*, ats.check_completed';
  const n8n = new FakeN8n({ parameters: { ...parameters, events }, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body!.events).toEqual(['resume.*', 'ats.check_completed']);
});

test('names no system where the token has its own', async () => {
  const n8n = new FakeN8n({ parameters: { ...parameters, system: '' }, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body).not.toHaveProperty('system');
  expect(n8n.sent[0]!.body).not.toHaveProperty('user');
});

test('says in the description that it is a test, and keeps nothing of it', async () => {
  const n8n = new FakeN8n({ parameters, mode: 'manual', webhookUrl: TEST_URL, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body).toMatchObject({
    url: TEST_URL,
    description: 'n8n: New résumés, CareerHooks (test)',
  });
  expect(n8n.staticData).toEqual({});
});

test('a description is one line that the server takes', async () => {
  const workflow = { id: 'w', name: `a\nb\u0000${'🪝'.repeat(300)}` };
  const n8n = new FakeN8n({ parameters, workflow, answer: server() });
  await webhook.create.call(n8n.context);
  const description = n8n.sent[0]!.body!.description as string;
  expect(description).toMatch(/^n8n: a b 🪝+$/u);
  expect(description.length).toBeLessThanOrEqual(500);
});

/** What n8n keeps of a registration with the credential's present token. */
async function keptNow(): Promise<IDataObject> {
  const n8n = new FakeN8n({ parameters, answer: server() });
  await webhook.create.call(n8n.context);
  return n8n.staticData;
}

test.each([
  ['whatever the order of its events', endpoint],
  ['also where an operator paused it', { ...endpoint, status: 'paused' }],
  ['also where it works elsewhere, perhaps for an n8n that this one is a clone of', ELSEWHERE],
])('is registered when the server has it with these settings, %s', async (_also, registered) => {
  const staticData = await keptNow();
  const n8n = new FakeN8n({ parameters, staticData, answer: server(registered) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(true);
});

test.each([
  ['it is not there', []],
  ['it is detached', [{ ...endpoint, status: 'detached' }]],
  ['it fails at another URL', [{ ...ELSEWHERE, failing_since: '2026-11-24T09:30:00.000Z' }]],
  ['it has other events', [{ ...endpoint, events: ['resume.*'] }]],
  ['it has another schedule', [{ ...endpoint, schedule: 'system' }]],
  ['it has another order', [{ ...endpoint, ordered: true }]],
  ['it has another timeout', [{ ...endpoint, timeout_seconds: 5 }]],
  ['it has other retries', [{ ...endpoint, max_retries: 1 }]],
  ['it has another description', [{ ...endpoint, description: 'Other' }]],
  ['it is of another system', [{ ...endpoint, system: 'cv' }]],
  ['it is of one user only', [{ ...endpoint, user: 'user_123' }]],
  ['it was never verified', [{ ...endpoint, status: 'pending' }]],
  ['it was switched off', [{ ...endpoint, status: 'disabled' }]],
  ['two owners have it', [endpoint, { ...endpoint, id: 'ep_2', system: 'cv' }]],
])('has to be registered anew when %s', async (_reason, endpoints) => {
  const staticData = await keptNow();
  const n8n = new FakeN8n({ parameters, staticData, answer: server(...endpoints) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(false);
});

test('has to be registered anew when the token was replaced since', async () => {
  const staticData = { ...(await keptNow()), fingerprint: 'of another token' };
  const n8n = new FakeN8n({ parameters, staticData, answer: server(endpoint) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(false);
});

test('registers under an identity that this n8n, workflow and node make', async () => {
  const identities = await Promise.all(
    [
      {},
      { instance: 'instance-2' },
      { workflow: { id: 'workflow-2', name: 'Copy' } },
      { mode: 'manual', webhookUrl: TEST_URL },
      { webhookUrl: 'https://n8n.example.com/webhook/other' },
    ].map(async (setup) => {
      const n8n = new FakeN8n({ parameters, answer: server(), ...setup });
      await webhook.create.call(n8n.context);
      return n8n.sent[0]!.body!.identity;
    }),
  );
  expect(identities).toEqual([
    'n8n/instance-1/workflow-1/node-1',
    'n8n/instance-2/workflow-1/node-1',
    'n8n/instance-1/workflow-2/node-1',
    'n8n/instance-1/workflow-1/node-1/test',
    'n8n/instance-1/workflow-1/node-1',
  ]);
});

test('says who registers, and where people find it', async () => {
  const n8n = new FakeN8n({ parameters, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body!.registered_by).toEqual({
    client: 'n8n',
    instance: 'instance-1',
    label: 'New résumés, CareerHooks',
    url: 'http://127.0.0.1:5678/workflow/workflow-1',
  });
});

test('a registration for a test ends by itself, and is tried once', async () => {
  const options = { maxRetries: 5 };
  const setup = { parameters: { ...parameters, options }, answer: server() };
  const test = new FakeN8n({ ...setup, mode: 'manual', webhookUrl: TEST_URL });
  await webhook.create.call(test.context);
  expect(test.sent[0]!.body).toMatchObject({ lifetime_seconds: 180, max_retries: 0 });
  const published = new FakeN8n(setup);
  await webhook.create.call(published.context);
  expect(published.sent[0]!.body).not.toHaveProperty('lifetime_seconds');
});

test.each([
  ['lastNode', 'extended', {}, 120],
  ['lastNode', 'extended', { timeout: 20 }, 20],
  ['lastNode', 'system', {}, null],
  ['onReceived', 'extended', {}, null],
])('waits for a workflow: %s, %s, %j', async (acknowledge, schedule, options, seconds) => {
  const fields = { ...parameters, acknowledge, schedule, options };
  const n8n = new FakeN8n({ parameters: fields, answer: server() });
  await webhook.create.call(n8n.context);
  expect(n8n.sent[0]!.body!.timeout_seconds).toBe(seconds);
});

test('detaches what it had in another system, and nothing of others', async () => {
  const elsewhere = { ...endpoint, id: 'ep_old', system: 'cv' };
  const other = { ...endpoint, id: 'ep_other', identity: 'n8n/instance-2/workflow-1/node-1' };
  const n8n = new FakeN8n({ parameters, answer: server(endpoint, elsewhere, other) });
  await webhook.create.call(n8n.context);
  expect(n8n.changes).toEqual(['POST /v1/endpoints', 'POST /v1/endpoints/ep_old/detach']);
});

test.each(['connection refused', 'The answer has to have what "challenge" has in the request.'])(
  'fails to publish where CareerHooks does not reach n8n, and says what to do: %s',
  async (why) => {
    const answer: Answer = (request) =>
      request.method === 'POST'
        ? { ...endpoint, status: 'pending', verification: { last_error: why } }
        : server()(request);
    const n8n = new FakeN8n({ parameters, answer });
    await expect(webhook.create.call(n8n.context)).rejects.toMatchObject({
      message: expect.stringMatching(/no right answer: [^.]+\. Set n8n's.*WEBHOOK_URL/),
    });
  },
);

test.each([
  'http://localhost:5678/webhook/1',
  'http://127.0.0.1:5678/webhook/1',
  'http://[::1]:5678/webhook/1',
])('refuses to register %s with a CareerHooks elsewhere', async (webhookUrl) => {
  const n8n = new FakeN8n({ parameters, webhookUrl, baseUrl: 'https://hooks.example.com' });
  await expect(webhook.create.call(n8n.context)).rejects.toThrow(/WEBHOOK_URL/);
  expect(n8n.sent).toEqual([]);
});

test.each([
  ['private_address', /CAREERHOOKS_ALLOW_CIDRS/],
  ['invalid_url', /WEBHOOK_URL/],
])('says what to do where the server refuses the URL: %s', async (code, advice) => {
  const n8n = new FakeN8n({
    parameters,
    type: 'n8n-nodes-careerhooks.careerHooksTrigger',
    answer: () => problem(422, code, 'It is not public.'),
  });
  await expect(webhook.create.call(n8n.context)).rejects.toMatchObject({
    message: expect.stringMatching(advice),
  });
});

test('unpublishing detaches the endpoint for a quarter of an hour, or as long as the option says', async () => {
  const setup = { mode: 'internal', answer: server(endpoint) };
  const n8n = new FakeN8n({ parameters, ...setup });
  expect(await webhook.delete.call(n8n.context)).toBe(true);
  expect(n8n.changes).toEqual(['POST /v1/endpoints/ep_1/detach']);
  expect(n8n.sent.at(-1)!.body).toEqual({ hold_seconds: 900 });

  const longer = { ...parameters, options: { holdMinutes: 60 } };
  const patient = new FakeN8n({ parameters: longer, ...setup });
  await webhook.delete.call(patient.context);
  expect(patient.sent.at(-1)!.body).toEqual({ hold_seconds: 3600 });
});

test('unpublishing deletes the endpoint where nothing is to be kept', async () => {
  const none = { ...parameters, options: { holdMinutes: 0 } };
  const n8n = new FakeN8n({ parameters: none, mode: 'internal', answer: server(endpoint) });
  await webhook.delete.call(n8n.context);
  expect(n8n.changes).toEqual(['DELETE /v1/endpoints/ep_1']);
});

test('unpublishing leaves what is at another host, perhaps of an n8n that this one is a clone of, and says so', async () => {
  const n8n = new FakeN8n({ parameters, mode: 'internal', answer: server(ELSEWHERE) });
  await webhook.delete.call(n8n.context);
  expect(n8n.changes).toEqual([]);
  expect(n8n.warnings.join()).toContain(ELSEWHERE.url);
});

test.each([
  [-1, 'DELETE /v1/endpoints/ep_1', undefined],
  [2000, 'POST /v1/endpoints/ep_1/detach', { hold_seconds: 86_400 }],
  ['soon', 'POST /v1/endpoints/ep_1/detach', { hold_seconds: 900 }],
])(
  'takes the endpoint back whatever an expression gives: %s',
  async (holdMinutes, change, body) => {
    const odd = { ...parameters, options: { holdMinutes } };
    const n8n = new FakeN8n({ parameters: odd, mode: 'internal', answer: server(endpoint) });
    await webhook.delete.call(n8n.context);
    expect(n8n.changes).toEqual([change]);
    expect(n8n.sent.at(-1)!.body).toEqual(body);
  },
);

const ofTest = { ...endpoint, id: 'ep_test', url: TEST_URL, identity: `${IDENTITY}/test` };

test.each([
  ['deletes its registration', [endpoint, ofTest], ['DELETE /v1/endpoints/ep_test']],
  ['that CareerHooks has ended before changes nothing', [endpoint], []],
])('ending a test %s, and leaves the published one', async (_what, endpoints, changes) => {
  const staticData = { url: WEBHOOK_URL };
  const answer = server(...endpoints);
  const setup = { parameters, mode: 'internal', webhookUrl: TEST_URL, staticData, answer };
  const n8n = new FakeN8n(setup);
  await webhook.delete.call(n8n.context);
  expect(n8n.changes).toEqual(changes);
  expect(n8n.staticData).toEqual({ url: WEBHOOK_URL });
});

test('unpublishing twice is fine', async () => {
  const gone: Answer = (request) =>
    request.method === 'GET' ? server(endpoint)(request) : problem(404, 'not_found', 'Gone.');
  const n8n = new FakeN8n({ parameters, answer: gone });
  expect(await webhook.delete.call(n8n.context)).toBe(true);
  expect(n8n.warnings).toEqual([]);
  const again = new FakeN8n({ parameters, answer: server({ ...endpoint, status: 'detached' }) });
  expect(await webhook.delete.call(again.context)).toBe(true);
  expect(again.changes).toEqual([]);
});

test.each([
  ['is down', new Error('connect ECONNREFUSED')],
  ['is broken', new Status(503, {})],
  ['knows the token no more', new Status(401, {})],
])('a workflow can be unpublished while the server %s', async (_state, answer) => {
  const n8n = new FakeN8n({ parameters, answer: () => answer });
  expect(await webhook.delete.call(n8n.context)).toBe(true);
  expect(n8n.warnings.join()).toContain(WEBHOOK_URL);
});
