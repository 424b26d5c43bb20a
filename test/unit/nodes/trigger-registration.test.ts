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

const endpoint = {
  id: 'ep_1',
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
  verification: { last_error: null },
};

/** A CareerHooks that has these endpoints. */
function server(...endpoints: Record<string, unknown>[]): Answer {
  return ({ method, path, body, query }: SentRequest) => {
    if (path === '/v1/me') return { kind: 'admin', system: null, user: null, scopes: [] };
    if (method === 'POST') return new Status(201, { ...endpoint, ...body });
    if (method === 'DELETE') return { deleted: true };
    return {
      data: endpoints.filter(({ url }) => query.url === undefined || url === query.url),
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

test('exists when the server has the URL with these settings, whatever their order', async () => {
  const n8n = new FakeN8n({ parameters, answer: server(endpoint) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(true);
});

test('leaves alone an endpoint that an operator paused', async () => {
  const n8n = new FakeN8n({ parameters, answer: server({ ...endpoint, status: 'paused' }) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(true);
});

test.each([
  ['it is not there', []],
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
  const n8n = new FakeN8n({ parameters, answer: server(...endpoints) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(false);
});

test('has to be registered anew when the token was changed since', async () => {
  const staticData = { endpointId: 'ep_1', url: WEBHOOK_URL, fingerprint: 'of another token' };
  const n8n = new FakeN8n({ parameters, staticData, answer: server(endpoint) });
  expect(await webhook.checkExists.call(n8n.context)).toBe(false);
});

test('removes what the URL had with another owner', async () => {
  const other = { ...endpoint, id: 'ep_old', system: 'cv' };
  const n8n = new FakeN8n({ parameters, answer: server(endpoint, other) });
  await webhook.create.call(n8n.context);
  expect(n8n.calls).toContain('DELETE /v1/endpoints/ep_old');
  expect(n8n.calls).not.toContain('DELETE /v1/endpoints/ep_1');
});

test("removes what it had at its earlier URL, but never a copied workflow's original", async () => {
  const first = new FakeN8n({ parameters, answer: server(endpoint) });
  await webhook.create.call(first.context);
  const kept = { ...first.staticData, endpointId: 'ep_earlier' };

  const moved = new FakeN8n({ parameters, staticData: { ...kept }, answer: server(endpoint) });
  await webhook.create.call(moved.context);
  expect(moved.calls).toContain('DELETE /v1/endpoints/ep_earlier');

  const workflow = { id: 'workflow-2', name: 'Copy' };
  const copy = new FakeN8n({
    parameters,
    workflow,
    staticData: { ...kept },
    answer: server(endpoint),
  });
  await webhook.create.call(copy.context);
  expect(copy.calls).not.toContain('DELETE /v1/endpoints/ep_earlier');
});

test('fails to publish where CareerHooks does not reach n8n, and says what to do', async () => {
  const answer: Answer = (request) =>
    request.method === 'POST'
      ? { ...endpoint, status: 'pending', verification: { last_error: 'connection refused' } }
      : server()(request);
  const n8n = new FakeN8n({ parameters, answer });
  await expect(webhook.create.call(n8n.context)).rejects.toMatchObject({
    message: expect.stringMatching(/no right answer: connection refused/),
    description: expect.stringMatching(/WEBHOOK_URL/),
  });
});

test.each([
  'http://localhost:5678/webhook/1',
  'http://127.0.0.1:5678/webhook/1',
  'http://[::1]:5678/webhook/1',
])('refuses to register %s with a CareerHooks elsewhere', async (webhookUrl) => {
  const n8n = new FakeN8n({ parameters, webhookUrl, baseUrl: 'https://hooks.example.com' });
  await expect(webhook.create.call(n8n.context)).rejects.toMatchObject({
    description: expect.stringMatching(/WEBHOOK_URL/),
  });
  expect(n8n.sent).toEqual([]);
});

test.each([
  ['private_address', /CAREERHOOKS_ALLOW_CIDRS/],
  ['invalid_url', /WEBHOOK_URL/],
])('says what to do where the server refuses the URL: %s', async (code, advice) => {
  const n8n = new FakeN8n({ parameters, answer: () => problem(422, code, 'It is not public.') });
  await expect(webhook.create.call(n8n.context)).rejects.toMatchObject({
    message: 'A title',
    description: expect.stringMatching(advice),
  });
});

test('deletes what is registered with its URL, also when nothing is kept of it', async () => {
  const test = { ...endpoint, id: 'ep_test', url: TEST_URL };
  const n8n = new FakeN8n({ parameters, mode: 'internal', answer: server(endpoint, test) });
  expect(await webhook.delete.call(n8n.context)).toBe(true);
  expect(n8n.calls.filter((call) => call.startsWith('DELETE'))).toEqual([
    'DELETE /v1/endpoints/ep_1',
  ]);
});

test('ending a test leaves the published registration and what is kept of it', async () => {
  const staticData = { endpointId: 'ep_1', url: WEBHOOK_URL, fingerprint: 'f' };
  const test = { ...endpoint, id: 'ep_test', url: TEST_URL };
  const n8n = new FakeN8n({
    parameters,
    mode: 'internal',
    webhookUrl: TEST_URL,
    staticData,
    answer: server(endpoint, test),
  });
  await webhook.delete.call(n8n.context);
  expect(n8n.calls).toContain('DELETE /v1/endpoints/ep_test');
  expect(n8n.calls).not.toContain('DELETE /v1/endpoints/ep_1');
  expect(n8n.staticData).toEqual({ endpointId: 'ep_1', url: WEBHOOK_URL, fingerprint: 'f' });
});

test('deleting twice is fine', async () => {
  const gone: Answer = (request) =>
    request.method === 'DELETE' ? problem(404, 'not_found', 'Gone.') : server(endpoint)(request);
  const staticData = { endpointId: 'ep_1', url: WEBHOOK_URL, fingerprint: 'f' };
  const n8n = new FakeN8n({ parameters, staticData, answer: gone });
  expect(await webhook.delete.call(n8n.context)).toBe(true);
  expect(n8n.staticData).toEqual({});
  expect(n8n.warnings).toEqual([]);
  expect(await webhook.delete.call(new FakeN8n({ parameters, answer: server() }).context)).toBe(
    true,
  );
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
