import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { CareerHooksApi } from '../../../credentials/CareerHooksApi.credentials';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';

const credential = {
  id: '1',
  name: 'CareerHooks',
  type: 'careerHooksApi',
  data: { baseUrl: 'http://127.0.0.1:3400/', token: 'chk_test' },
} as ICredentialsDecrypted;

/** What the test says where the server answers like this, and what it asked for. */
async function outcome(answer: { statusCode: number; body: unknown } | Error) {
  const asked: unknown[] = [];
  const request = (options: unknown): Promise<unknown> => {
    asked.push(options);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const n8n = { helpers: { request } } as unknown as ICredentialTestFunctions;
  const result = await new CareerHooks().methods.credentialTest.testToken.call(n8n, credential);
  return { ...result, asked };
}

test.each([
  [
    { kind: 'key', system: 'roleready', user: 'user_123', scopes: ['publish', 'manage'] },
    'This token is for roleready, user user_123, and may publish and manage.',
  ],
  [
    { kind: 'key', system: 'cv', user: null, scopes: ['manage'] },
    'This token is for cv, all users, and may manage.',
  ],
  [
    { kind: 'admin', system: null, user: null, scopes: ['publish', 'manage'] },
    'This is the admin token: it may use every system.',
  ],
])('the test names whose token it is', async (me, message) => {
  const result = await outcome({ statusCode: 200, body: me });
  expect(result).toMatchObject({ status: 'OK', message });
  expect(result.asked).toMatchObject([
    { uri: 'http://127.0.0.1:3400/v1/me', headers: { Authorization: 'Bearer chk_test' } },
  ]);
});

test('the test tells a wrong token', async () => {
  const body = {
    title: 'The bearer token is missing or wrong',
    code: 'unauthorized',
    detail: 'D.',
  };
  expect(await outcome({ statusCode: 401, body })).toMatchObject({
    status: 'Error',
    message: expect.stringMatching(/^The bearer token is missing or wrong\./),
  });
});

test.each([
  { statusCode: 200, body: '<html>' },
  { statusCode: 200, body: { hello: 'world' } },
  { statusCode: 404, body: 'Not found' },
])('the test tells another server: %j', async (answer) => {
  expect(await outcome(answer)).toMatchObject({
    status: 'Error',
    message: expect.stringMatching(/is not CareerHooks/),
  });
});

test('the test tells that there is no server', async () => {
  expect(await outcome(new Error('connect ECONNREFUSED'))).toMatchObject({
    status: 'Error',
    message: 'CareerHooks cannot be reached at http://127.0.0.1:3400: connect ECONNREFUSED',
  });
});

test('both nodes use the credential and bring its test', () => {
  const { name, authenticate } = new CareerHooksApi();
  for (const { description, methods } of [new CareerHooks(), new CareerHooksTrigger()]) {
    expect(description.credentials).toEqual([{ name, required: true, testedBy: 'testToken' }]);
    expect(methods.credentialTest.testToken).toBeInstanceOf(Function);
  }
  expect(authenticate.properties.headers).toEqual({
    Authorization: '=Bearer {{$credentials.token}}',
  });
});
