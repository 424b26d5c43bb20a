import type { CallApi } from '../../support/call-api';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { conformingApi } from '../../support/conforming';

let careerHooks: TestCareerHooks;
let call: CallApi;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  ({ call } = await conformingApi(careerHooks.call));
});
afterAll(() => careerHooks.stop());

test('the admin token is for everything', async () => {
  const { status, body } = await call('GET', '/v1/me');
  expect([status, body]).toEqual([
    200,
    { kind: 'admin', system: null, user: null, scopes: ['publish', 'manage'] },
  ]);
});

test.each([
  [{ system: 'cv', scopes: ['manage'] }, { user: null }],
  [{ system: 'roleready', user: 'user_1', scopes: ['publish'] }, {}],
])('a key says what it is for: %j', async (wanted, more) => {
  const token = await careerHooks.key(wanted);
  const { status, body } = await call('GET', '/v1/me', undefined, { token });
  expect([status, body]).toEqual([200, { kind: 'key', ...wanted, ...more }]);
});

test('no token, an unknown one and a revoked one are 401', async () => {
  const made = await call('POST', '/v1/keys', { system: 'cv', scopes: ['publish'] });
  await call('DELETE', `/v1/keys/${made.body.id}`);
  for (const token of [null, 'nobody-knows-it', made.body.token as string]) {
    const { status, body } = await call('GET', '/v1/me', undefined, { token });
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  }
});
