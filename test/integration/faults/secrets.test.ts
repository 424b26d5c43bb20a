import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMasterKey } from '@careerhooks/store';
import { instanceSettings, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { event, register, SYSTEM } from '../../support/publishing';

let dataDir: string;
let receiver: TestReceiver;
let dead: TestReceiver;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-secrets-'));
  receiver = await startTestReceiver();
  dead = await startTestReceiver();
});

afterAll(async () => {
  await Promise.all([receiver.stop(), dead.stop()]);
  await rm(dataDir, { recursive: true, force: true });
});

/** Every file of the data folder, by its path. */
async function files(): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const name of await readdir(dataDir, { recursive: true })) {
    const path = join(dataDir, name);
    if ((await stat(path)).isFile()) found.set(name, await readFile(path));
  }
  return found;
}

it('writes no secret anywhere in plain text', async () => {
  const masterKey = generateMasterKey();
  const adminToken = 'cha_the-admins-own-token-of-40-characters';
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(dataDir)),
    CAREERHOOKS_ADMIN_TOKEN: adminToken,
    CAREERHOOKS_MASTER_KEY: masterKey,
    LOG_LEVEL: 'trace',
  });
  await careerHooks.connected();
  const { call } = careerHooks;
  const secrets: Record<string, string> = { adminToken, masterKey };

  const { body: key } = await call('POST', '/v1/keys', { system: SYSTEM, scopes: ['publish'] });
  secrets.apiKey = key.token as string;
  const given = {
    secret: 'whsec_Z2l2ZW4tYnktdGhlLWludGVncmF0b3ItMDEyMzQ1',
    header: 'Bearer-of-them',
  };
  secrets.givenSecret = given.secret;
  secrets.givenHeader = given.header;
  const good = await register(call, `${receiver.url}?token=in-the-url`, {
    secret: given.secret,
    headers: { authorization: given.header },
  });
  const { body: made } = await call('POST', '/v1/endpoints', {
    system: 'proposals',
    url: receiver.url,
    events: ['*'],
  });
  expect(receiver.challenges).toHaveLength(1);
  secrets.madeSecret = made.secret as string;
  secrets.challenge = JSON.parse(receiver.challenges[0]?.body.toString() ?? '{}')
    .challenge as string;
  const { body: rotated } = await call('POST', `/v1/endpoints/${good}/rotate-secret`, {});
  secrets.rotatedSecret = rotated.secret as string;

  receiver.answer = (_request, index) => (index % 2 === 0 ? { status: 500, body: 'no' } : {});
  await register(call, dead.url, { headers: { authorization: given.header } });
  await dead.stop();
  await call('POST', '/v1/events', event('evt_secret'), { token: secrets.apiKey });
  await call('POST', '/v1/events', undefined, { raw: '{"broken":' });
  await call('POST', '/v1/events', event('evt_secret'), { token: `${secrets.apiKey}x` });
  await call('POST', `/v1/endpoints/${good}/test`, {});
  await receiver.waitFor(2);
  await waitUntil(
    () => call('GET', '/v1/deliveries?status=retrying'),
    ({ body }) => body.data.length >= 1,
  );
  await call('GET', '/metrics');
  // While everything is still in the write-ahead logs, and once more when it is not.
  const before = await files();
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });

  const places = new Map<string, Buffer>([['output', Buffer.from(careerHooks.output())]]);
  for (const [name, bytes] of before) places.set(`${name}, running`, bytes);
  for (const [name, bytes] of await files()) places.set(name, bytes);
  expect([...places.keys()].some((name) => /careerhooks\.db-wal, running/.test(name))).toBe(true);
  expect([...places.keys()].some((name) => /^temporal-.*\.db/.test(name))).toBe(true);

  const leaks: string[] = [];
  for (const [secretName, secret] of Object.entries(secrets)) {
    expect(secret.length).toBeGreaterThan(10);
    // With and without its prefix, as it stands, and as Temporal would keep a payload.
    const bare = secret.replace(/^(whsec|chk|cha)_/, '');
    const forms = [bare, Buffer.from(secret).toString('base64').slice(4, -4)];
    for (const [place, bytes] of places) {
      if (forms.some((form) => bytes.includes(form))) leaks.push(`${secretName} in ${place}`);
    }
  }
  expect(leaks).toEqual([]);
  // Nor what people's events say, nor URLs, outside of the database.
  expect(careerHooks.output()).not.toContain('cv.pdf');
  expect(careerHooks.output()).not.toContain('in-the-url');
  for (const [place, bytes] of places) {
    if (!place.startsWith('temporal-')) continue;
    expect([place, bytes.includes('cv.pdf')]).toEqual([place, false]);
    expect([place, bytes.includes('in-the-url')]).toEqual([place, false]);
  }
});
