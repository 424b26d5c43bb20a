import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';

const SECRET = 'a secret that RoleReady and CareerHooks share';

let careerHooks: TestCareerHooks;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let keyServer: Server;
let fetches = 0;

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key_1', alg: 'RS256', use: 'sig' };
  keyServer = createServer((request, response) => {
    fetches += 1;
    if (request.url === '/jwks.json') response.end(JSON.stringify({ keys: [jwk] }));
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  const keysAt = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}`;
  careerHooks = await startTestCareerHooks({
    ROLEREADY_JWT_SECRET: SECRET,
    PATHFINDER_JWKS_URL: `${keysAt}/jwks.json`,
    PATHFINDER_JWT_ISSUER: 'https://pathfinder.example',
    PATHFINDER_JWT_AUDIENCE: 'webhooks',
    RESUMEBUILDER_JWKS_URL: `${keysAt}/broken.json`,
  });
});
afterAll(async () => {
  await careerHooks.stop();
  await new Promise((resolve) => keyServer.close(resolve));
});

const get = (path: string, token: string) => careerHooks.call('GET', path, undefined, { token });

const hs256 = (token = new SignJWT({}).setSubject('user_1').setExpirationTime('1h')) =>
  token.setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(SECRET));

const rs256 = (change: (token: SignJWT) => SignJWT = (token) => token) =>
  change(
    new SignJWT({})
      .setSubject('user_1')
      .setExpirationTime('1h')
      .setIssuer('https://pathfinder.example')
      .setAudience('webhooks'),
  )
    .setProtectedHeader({ alg: 'RS256', kid: 'key_1' })
    .sign(keys.privateKey);

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

describe("RoleReady's tokens, by a shared secret", () => {
  test.each(['', '/roleready'])('stand for their user at %s/api/webhooks', async (prefix) => {
    const path = `${prefix}/api/webhooks/config`;
    const token = await hs256();
    const url = 'https://your-app.com/webhooks';
    const saved = await careerHooks.call('POST', path, { url }, { token });
    expect(saved.status).toBe(200);
    expect((await get(path, token)).body).toMatchObject({ configured: true });
    const key = await careerHooks.key({ system: 'roleready', user: 'user_1' });
    expect((await get(path, key)).body.config.id).toBe(saved.body.config.id);
    const other = await hs256(new SignJWT({}).setSubject('user_2').setExpirationTime('1h'));
    expect((await get(path, other)).body).toMatchObject({ configured: false });
  });

  test('are good for a minute more on either side, since clocks differ', async () => {
    const path = '/roleready/api/webhooks/config';
    const late = new SignJWT({}).setSubject('user_1').setExpirationTime('-50s');
    const early = new SignJWT({})
      .setSubject('user_1')
      .setExpirationTime('1h')
      .setIssuedAt('50s')
      .setNotBefore('50s');
    for (const token of [late, early]) {
      expect((await get(path, await hs256(token))).status).toBe(200);
    }
  });

  test.each<[string, () => Promise<string> | string]>([
    ['expired', () => hs256(new SignJWT({}).setSubject('user_1').setExpirationTime('-61s'))],
    ['without an end', () => hs256(new SignJWT({}).setSubject('user_1'))],
    ['without a user', () => hs256(new SignJWT({}).setExpirationTime('1h'))],
    ['with an empty user', () => hs256(new SignJWT({}).setSubject('').setExpirationTime('1h'))],
    [
      'not valid yet',
      () => hs256(new SignJWT({}).setSubject('u').setExpirationTime('2h').setNotBefore('90s')),
    ],
    [
      'of algorithm "none"',
      () => `${encode({ alg: 'none' })}.${encode({ sub: 'user_1', exp: inAnHour() })}.`,
    ],
    [
      'signed with another secret',
      () =>
        new SignJWT({})
          .setSubject('user_1')
          .setExpirationTime('1h')
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from('another secret of at least 32 characters')),
    ],
    [
      'of an algorithm that is not pinned',
      () =>
        new SignJWT({})
          .setSubject('user_1')
          .setExpirationTime('1h')
          .setProtectedHeader({ alg: 'HS512' })
          .sign(Buffer.from(SECRET.repeat(2))),
    ],
    ['of another product', () => rs256()],
    ['nonsense', () => 'a.b.c'],
  ])('are refused: %s', async (_, make) => {
    const answer = await get('/roleready/api/webhooks/config', await make());
    expect(answer).toMatchObject({ status: 401, body: { success: false } });
  });
});

describe("Pathfinder's tokens, by public keys", () => {
  test('stand for their user on the shared path; the keys are fetched once', async () => {
    const token = await rs256();
    const before = fetches;
    for (const prefix of ['', '/pathfinder', '']) {
      expect((await get(`${prefix}/api/webhooks`, token)).body).toEqual({
        success: true,
        data: { webhooks: [] },
      });
    }
    expect(fetches - before).toBeLessThanOrEqual(1);
  });

  test.each<[string, () => Promise<string>]>([
    ['for another audience', () => rs256((token) => token.setAudience('elsewhere'))],
    ['of another issuer', () => rs256((token) => token.setIssuer('https://other.example'))],
    ['expired', () => rs256((token) => token.setExpirationTime('-61s'))],
    [
      'signed with the public key as a secret',
      async () =>
        new SignJWT({})
          .setSubject('user_1')
          .setExpirationTime('1h')
          .setIssuer('https://pathfinder.example')
          .setAudience('webhooks')
          .setProtectedHeader({ alg: 'HS256', kid: 'key_1' })
          .sign(Buffer.from(JSON.stringify(await exportJWK(keys.publicKey)))),
    ],
  ])('are refused: %s', async (_, make) => {
    const answer = await get('/pathfinder/api/webhooks', await make());
    expect(answer).toMatchObject({ status: 401, body: { success: false } });
  });

  test('are no tokens of the native API', async () => {
    expect((await get('/v1/endpoints', await rs256())).status).toBe(401);
  });
});

test('where the keys cannot be fetched, a token is neither good nor bad: 503', async () => {
  const answer = await get('/resumebuilder/api/v1/webhooks', await rs256());
  expect(answer).toMatchObject({ status: 503, body: { detail: expect.any(String) } });
});

test('a product without token settings takes keys alone', async () => {
  expect((await get('/proposals/api/webhooks', await rs256())).status).toBe(401);
});
