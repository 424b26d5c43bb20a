import type { CallApi } from '../../support/call-api';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { conformingApi } from '../../support/conforming';

let careerHooks: TestCareerHooks;
let call: CallApi;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks({ TRUST_PROXY: '1' });
  ({ call } = await conformingApi(careerHooks.call));
});
afterAll(() => careerHooks.stop());

const WANTED = { system: 'pathfinder', user: 'user_7', scopes: ['manage'] };

/** Makes an invitation; its code is what the link has behind the #. */
async function invite(wanted: object = WANTED): Promise<{ id: string; code: string; url: URL }> {
  const { status, body } = await call('POST', '/v1/invitations', wanted);
  expect([status, body.code]).toEqual([201, undefined]);
  const url = new URL(body.url as string);
  return { id: body.id, code: url.hash.slice(1), url };
}

/** As whoever opens the link, from an address of their own. */
const redeem = (code: string, address = '192.0.2.1') =>
  call(
    'POST',
    '/v1/invitations/redeem',
    { code },
    { token: null, headers: { 'x-forwarded-for': address } },
  );

test('an invitation makes its key, for whoever has the link and no token, once', async () => {
  const { id, code, url } = await invite();
  expect([url.origin, url.pathname, url.search]).toEqual([careerHooks.url, '/connect', '']);
  const { status, body: key } = await redeem(code);
  expect([status, key]).toEqual([201, expect.objectContaining({ ...WANTED, revoked_at: null })]);
  const me = await call('GET', '/v1/me', undefined, { token: key.token });
  expect(me.body).toEqual({ kind: 'key', ...WANTED });
  const { body: list } = await call('GET', '/v1/invitations');
  expect(list.data[0]).toMatchObject({ id, key_id: key.id });
  expect(JSON.stringify(list)).not.toContain(code);
  expect((await redeem(code)).status).toBe(404);
});

test('its key sees what is of its system and user alone', async () => {
  const { body: key } = await redeem((await invite()).code);
  const register = (user: string) =>
    call('POST', '/v1/endpoints', {
      system: 'pathfinder',
      user,
      url: `https://${user.replace('_', '-')}.example.com/hook`,
      events: ['*'],
      verify: false,
    });
  const [mine] = await Promise.all([register('user_7'), register('user_8')]);
  const { body } = await call('GET', '/v1/endpoints', undefined, { token: key.token });
  expect(body.data.map((endpoint: { id: string }) => endpoint.id)).toEqual([mine.body.id]);
});

test('whatever is wrong with a code, the answer is the same', async () => {
  const [used, revoked] = [await invite(), await invite()];
  await redeem(used.code);
  expect((await call('DELETE', `/v1/invitations/${revoked.id}`)).body.revoked_at).not.toBeNull();
  const codes = [used.code, revoked.code, revoked.id, 'chi_nobody-knows-it', careerHooks.token];
  const answers = await Promise.all(codes.map((code) => redeem(code, '192.0.2.2')));
  const [first] = answers;
  expect(first).toMatchObject({ status: 404, body: { code: 'wrong_invitation' } });
  for (const { status, body } of answers) expect([status, body]).toEqual([404, first?.body]);
});

test('wrong codes count with wrong tokens, and a right one is still let in', async () => {
  const address = '192.0.2.3';
  const { code } = await invite();
  for (let index = 0; index < 20; index += 1) {
    expect((await redeem(`chi_wrong-${index}`, address)).status).toBe(404);
  }
  const next = await redeem('chi_wrong', address);
  expect(next).toMatchObject({
    status: 429,
    body: { code: 'rate_limited', detail: expect.stringContaining('Wait a minute') },
  });
  expect(next.headers.get('retry-after')).toMatch(/^\d+$/);
  const token = { token: 'wrong', headers: { 'x-forwarded-for': address } };
  expect((await call('GET', '/v1/me', undefined, token)).status).toBe(429);
  expect((await redeem(code, address)).status).toBe(201);
});

test('only the admin invites, lists and revokes', async () => {
  const token = await careerHooks.key({ system: 'pathfinder' });
  const { id } = await invite();
  for (const [method, path, body] of [
    ['POST', '/v1/invitations', WANTED],
    ['GET', '/v1/invitations', undefined],
    ['DELETE', `/v1/invitations/${id}`, undefined],
  ] as const) {
    expect((await call(method, path, body, { token })).status).toBe(403);
    expect((await call(method, path, body, { token: null })).status).toBe(401);
  }
  expect((await call('DELETE', '/v1/invitations/absent')).status).toBe(404);
});

test.each([
  [{ ...WANTED, system: 'blog' }, 'unknown_system'],
  [{ ...WANTED, system: 'cv' }, 'invalid_request'],
  [{ ...WANTED, scopes: [] }, 'invalid_request'],
  [{ ...WANTED, user: ' ' }, 'invalid_request'],
  [{ ...WANTED, expires_in_seconds: 30 * 24 * 3600 + 1 }, 'invalid_request'],
])('nobody is invited to what cannot be: %j', async (wanted, code) => {
  const { status, body } = await call('POST', '/v1/invitations', wanted);
  expect([status, body.code]).toEqual([422, code]);
});

test('what it may do is told once, and so is what a key may', async () => {
  for (const path of ['/v1/invitations', '/v1/keys']) {
    const { body } = await call('POST', path, { ...WANTED, scopes: ['manage', 'manage'] });
    expect(body.scopes).toEqual(['manage']);
  }
});

test('it is good for a day, or as long as is said', async () => {
  const lifetime = async (more: object): Promise<number> => {
    const { body } = await call('POST', '/v1/invitations', { ...WANTED, ...more });
    return (Date.parse(body.expires_at) - Date.parse(body.created_at)) / 1000;
  };
  expect(await lifetime({})).toBe(24 * 3600);
  expect(await lifetime({ expires_in_seconds: 600 })).toBe(600);
});
