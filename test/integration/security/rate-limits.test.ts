import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { Answer } from '../../support/call-api';
import { conformingApi } from '../../support/conforming';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

const JWT_SECRET = 'a-secret-of-roleready-for-its-own-tokens';

let careerHooks: TestCareerHooks;
let receiver: TestReceiver;
beforeAll(async () => {
  receiver = await startTestReceiver();
  careerHooks = await startTestCareerHooks({
    TRUST_PROXY: '1',
    ROLEREADY_JWT_SECRET: JWT_SECRET,
  });
});
afterAll(async () => {
  await careerHooks.stop();
  await receiver.stop();
});

/** Repeats a call until it is answered with `status`, at most so many times; says how many were not. */
async function repeatUntil(
  status: number,
  atMost: number,
  call: () => Promise<Answer>,
): Promise<{ before: number; answer: Answer }> {
  for (let before = 0; before < atMost; before += 1) {
    const answer = await call();
    if (answer.status === status) return { before, answer };
  }
  throw new Error(`${atMost} calls, and none was answered ${status}.`);
}

function expectRetryAfter({ headers }: Answer, atMostSeconds: number): void {
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(atMostSeconds);
}

describe('requests a second of one key', () => {
  let strict: TestCareerHooks;
  beforeAll(async () => {
    strict = await startTestCareerHooks({ CAREERHOOKS_RATE_LIMIT: '3' });
  });
  afterAll(() => strict.stop());

  test('more than the limit are answered 429, and no other key’s', async () => {
    const { call } = await conformingApi(strict.call);
    const token = await strict.key({ system: 'roleready' });
    const other = await strict.key({ system: 'roleready' });
    const ask = () => call('GET', '/v1/me', undefined, { token });
    const { before, answer } = await repeatUntil(429, 200, ask);
    expect(before).toBeGreaterThanOrEqual(3);
    expect(answer.body).toMatchObject({ code: 'rate_limited', status: 429 });
    expectRetryAfter(answer, 1);
    expect(answer.headers.get('ratelimit-policy')).toMatch(/^"requests"; q=3; w=1/);
    expect(answer.headers.get('ratelimit')).toMatch(/^"requests"; r=0; t=[01]/);
    expect((await call('GET', '/v1/me', undefined, { token: other })).status).toBe(200);
    await waitUntil(ask, ({ status }) => status === 200);
  });

  test('do not count the admin’s', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => strict.call('GET', '/v1/me')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers[0]?.headers.has('ratelimit')).toBe(false);
  });

  test('are for the CV’s readers, too, in its words', async () => {
    const token = await strict.key({ system: 'cv' });
    const { before, answer } = await repeatUntil(429, 200, () =>
      strict.call('GET', '/cv/api/cv', undefined, { token }),
    );
    expect(before).toBeGreaterThanOrEqual(3);
    expect(answer.body).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });
});

describe('calls that send a request to somebody', () => {
  test('are 60 a minute for a key, whichever they are; all others go on', async () => {
    const { call } = await conformingApi(careerHooks.call);
    const token = await careerHooks.key({ system: 'proposals', user: 'u1' });
    const url = receiver.url;
    const { body: endpoint } = await call(
      'POST',
      '/v1/endpoints',
      { url, events: ['*'] },
      { token },
    );
    receiver.requests.length = 0;
    const { before, answer } = await repeatUntil(429, 100, () =>
      call('POST', `/v1/endpoints/${endpoint.id}/test`, {}, { token }),
    );
    expect(before).toBe(59);
    expect(answer.body).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(/60/),
    });
    expectRetryAfter(answer, 60);
    expect(answer.headers.get('ratelimit-policy')).toMatch(/"outgoing"; q=60; w=60/);
    expect(receiver.requests).toHaveLength(59);

    const again = { url, events: ['*'] };
    expect((await call('POST', '/v1/endpoints', again, { token })).status).toBe(429);
    expect((await call('POST', `/v1/endpoints/${endpoint.id}/verify`, {}, { token })).status).toBe(
      429,
    );
    const patch = { url: `${url}/elsewhere` };
    expect((await call('PATCH', `/v1/endpoints/${endpoint.id}`, patch, { token })).status).toBe(
      429,
    );
    const product = await careerHooks.call(
      'POST',
      `/proposals/api/webhooks/${endpoint.id}/test`,
      {},
      { token },
    );
    expect(product).toMatchObject({ status: 429, body: { error: expect.stringMatching(/60/) } });
    expectRetryAfter(product, 60);
    expect((await call('GET', `/v1/endpoints/${endpoint.id}`, undefined, { token })).status).toBe(
      200,
    );
    expect((await call('POST', `/v1/endpoints/${endpoint.id}/pause`, {}, { token })).status).toBe(
      200,
    );
  });

  test('count for each user of a product’s own tokens, in the product’s words', async () => {
    const tokenOf = (user: string): Promise<string> =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(user)
        .setExpirationTime('1h')
        .sign(createSecretKey(JWT_SECRET, 'utf8'));
    const path = '/roleready/api/webhooks/config';
    const config = { url: receiver.url, events: ['resume.parsed'], enabled: true };
    const [mine, theirs] = [await tokenOf('u1'), await tokenOf('u2')];
    const { answer } = await repeatUntil(429, 61, () =>
      careerHooks.call('POST', path, config, { token: mine }),
    );
    expect(answer.body).toMatchObject({ success: false, error: 'There were too many requests' });
    const other = await careerHooks.call('POST', path, config, { token: theirs });
    expect(other.status).not.toBe(429);
  });
});

describe('wrong tokens', () => {
  const from = (address: string): { headers: Record<string, string> } => ({
    headers: { 'x-forwarded-for': address },
  });

  test('are answered 429 after 20 from one address, and right ones let in', async () => {
    const { call } = await conformingApi(careerHooks.call);
    const guess = () =>
      call('GET', '/v1/me', undefined, { token: `chk_${Math.random()}`, ...from('192.0.2.1') });
    const { before, answer } = await repeatUntil(429, 30, guess);
    expect(before).toBe(20);
    expect(answer.body.code).toBe('rate_limited');
    expectRetryAfter(answer, 60);
    const token = await careerHooks.key({ system: 'cv' });
    expect((await call('GET', '/v1/me', undefined, { token, ...from('192.0.2.1') })).status).toBe(
      200,
    );
    expect((await call('GET', '/v1/me', undefined, from('192.0.2.1'))).status).toBe(200);
    const elsewhere = await call('GET', '/v1/me', undefined, {
      token: 'wrong',
      ...from('192.0.2.2'),
    });
    expect(elsewhere.status).toBe(401);
  });

  test('count for all APIs together, each answering in its own words', async () => {
    const address = from('192.0.2.3');
    for (let index = 0; index < 20; index += 1) {
      await careerHooks.call('GET', '/v1/me', undefined, { token: `wrong-${index}`, ...address });
    }
    const wrong = { token: 'wrong', ...address };
    const product = await careerHooks.call(
      'GET',
      '/roleready/api/webhooks/config',
      undefined,
      wrong,
    );
    expect(product).toMatchObject({ status: 429, body: { success: false } });
    const cv = await careerHooks.call('GET', '/cv/api/cv', undefined, wrong);
    expect(cv).toMatchObject({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED' } });
    expectRetryAfter(cv, 60);
  });

  test('are looked up no more than 200 times a minute, and tokens that were right before still are', async () => {
    const address = from('2001:db8:0:1::1');
    const known = await careerHooks.key({ system: 'cv' });
    const unseen = await careerHooks.key({ system: 'cv' });
    const ask = (token: string) =>
      careerHooks.call('GET', '/v1/me', undefined, { token, ...address });
    expect((await ask(known)).status).toBe(200);
    for (let index = 0; index < 200; index += 1) await ask(`wrong-${index}`);
    expect((await ask(unseen)).status).toBe(429);
    expect((await ask(known)).status).toBe(200);
    expect((await ask(careerHooks.token)).status).toBe(200);
    // Another address of the same customer's network; and another network's.
    const neighbour = from('2001:db8:0:2::1');
    const stranger = from('2001:db8:1:1::1');
    const other = { token: 'wrong' };
    expect(
      (await careerHooks.call('GET', '/v1/me', undefined, { ...other, ...neighbour })).status,
    ).toBe(429);
    expect(
      (await careerHooks.call('GET', '/v1/me', undefined, { ...other, ...stranger })).status,
    ).toBe(401);
  });

  test('from a proxy that names no address count together', async () => {
    for (let index = 0; index < 21; index += 1) {
      const wrong = { token: `wrong-${index}`, ...from(`nonsense-${index}`) };
      const { status } = await careerHooks.call('GET', '/v1/me', undefined, wrong);
      expect(status).toBe(index < 20 ? 401 : 429);
    }
  });
});

describe('the CV’s limit', () => {
  test('is an address’ own, as the trusted proxy saw it', async () => {
    const send = (address: string) =>
      careerHooks.call('POST', '/api/webhook/cv', {}, { headers: { 'x-forwarded-for': address } });
    const { before } = await repeatUntil(429, 20, () => send('192.0.2.9'));
    expect(before).toBe(10);
    expect((await send('192.0.2.10')).status).toBe(401);
    // Whatever a client puts before what the proxy adds.
    expect((await send('192.0.2.77, 192.0.2.9')).status).toBe(429);
  });
});
