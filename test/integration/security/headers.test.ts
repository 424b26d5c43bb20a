import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { CallOptions } from '../../support/call-api';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

const NOBODY: CallOptions = { token: null };
const WRONG: CallOptions = { token: 'wrong' };

/** One of each kind: what it is, the call, and its status. */
const ANSWERS: [string, string, string, CallOptions, number][] = [
  ['the API', 'GET', '/v1/systems', {}, 200],
  ['its problems', 'GET', '/v1/endpoints/absent', {}, 404],
  ['its refusals', 'GET', '/v1/endpoints', WRONG, 401],
  ['a path that leads nowhere', 'GET', '/nowhere', NOBODY, 404],
  ['a broken body', 'POST', '/v1/events', { raw: '{' }, 400],
  ['liveness', 'GET', '/healthz', NOBODY, 200],
  ['metrics', 'GET', '/metrics', {}, 200],
  ['the OpenAPI document', 'GET', '/openapi.json', NOBODY, 200],
  ['a product’s OpenAPI document', 'GET', '/roleready/openapi.json', NOBODY, 200],
  ['a product', 'GET', '/pathfinder/api/webhooks', {}, 200],
  ['a product’s refusals', 'GET', '/proposals/api/webhooks', WRONG, 401],
  ['a product’s shared path', 'GET', '/api/webhooks', WRONG, 401],
  ['the CV', 'GET', '/cv/api/cv', {}, 200],
  ['the CV’s refusals', 'GET', '/cv/api/cv', NOBODY, 401],
  ['the CV’s webhook', 'POST', '/api/webhook/cv', { raw: '{}' }, 401],
];

const PAGES: [string, string][] = [
  ['the reference', '/docs'],
  ['its style sheet', '/docs/swagger-ui.css'],
  ['its script', '/docs/start.js'],
  ['the list of errors', '/docs/errors'],
  ['a page that is not there', '/docs/absent'],
];

/** What every answer has, so that a browser that shows it does nothing with it. */
function expectHardened(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'SAMEORIGIN',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  for (const name of ['x-powered-by', 'server', 'access-control-allow-origin', 'set-cookie']) {
    expect([name, headers.get(name)]).toEqual([name, null]);
  }
}

test.each(ANSWERS)('%s: nothing is loaded, framed, sniffed or stored', async (...row) => {
  const [, method, path, options, status] = row;
  const answer = await careerHooks.call(method, path, undefined, options);
  expect(answer.status).toBe(status);
  expectHardened(answer.headers);
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; frame-ancestors 'none'",
  );
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test.each(PAGES)('%s loads only what is from here', async (_, path) => {
  const { headers } = await careerHooks.call('GET', path, undefined, NOBODY);
  expectHardened(headers);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test.each(['/connect', '/connect/page.js', '/connect/page.css'])(
  '%s loads its own script and style, calls the API here, and sends no form',
  async (path) => {
    const { status, headers } = await careerHooks.call('GET', path, undefined, NOBODY);
    expect(status).toBe(200);
    expectHardened(headers);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    // Nobody goes back to a page that shows a token.
    expect(headers.get('cache-control')).toBe('no-store');
  },
);

test('answers with secrets are stored nowhere on their way', async () => {
  const { call } = careerHooks;
  const key = await call('POST', '/v1/keys', { system: 'roleready', scopes: ['manage'] });
  const endpoint = await call('POST', '/v1/endpoints', {
    system: 'roleready',
    url: 'http://127.0.0.1:9/hook',
    events: ['*'],
    verify: false,
  });
  const rotation = await call('POST', `/v1/endpoints/${endpoint.body.id}/rotate-secret`, {});
  const webhook = await call('POST', '/pathfinder/api/webhooks', {
    url: 'http://127.0.0.1:9/hook',
    events: ['user.created'],
  });
  const invitation = await call('POST', '/v1/invitations', {
    system: 'roleready',
    scopes: ['manage'],
  });
  expect(invitation.headers.get('cache-control')).toBe('no-store');
  for (const { status, body, headers } of [key, endpoint, rotation, webhook]) {
    expect([status, JSON.stringify(body)]).toEqual([
      expect.any(Number),
      expect.stringMatching(/"(secret|token|signing_key)":"\S{20,}"/),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  }
});
