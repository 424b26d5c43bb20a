import { createHmac, createSecretKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { generateMasterKey } from '@careerhooks/store';
import { SignJWT } from 'jose';
import { example } from '../../support/journey';
import { instanceSettings, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

/** All that the operator sets and nobody may read again. */
const SET = {
  CAREERHOOKS_ADMIN_TOKEN: 'cha_of-the-operator-alone-0123456789',
  CAREERHOOKS_MASTER_KEY: generateMasterKey(),
  CV_WEBHOOK_SECRET: 'cv-webhook-secret-0123456789',
  ROLEREADY_JWT_SECRET: 'roleready-jwt-secret-0123456789abcdef',
  GITHUB_TOKEN: 'ghp_token-of-the-operator-0123456789',
  SMTP_URL: 'smtp://mailer:smtp-password-0123456789@127.0.0.1:9',
  CV_NOTIFY_EMAIL: 'owner@example.com',
  CV_NOTIFY_SLACK_URL: 'http://127.0.0.1:9/services/slack-webhook-0123456789',
  GITHUB_API_URL: 'http://127.0.0.1:9',
};

let dataDir: string;
let receiver: TestReceiver;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-secrecy-'));
  receiver = await startTestReceiver();
});
afterAll(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('a whole journey leaves none of its secrets in a log, an error, a history or a file', async () => {
  const settings = await instanceSettings(dataDir);
  const careerHooks = await startCareerHooksProcess({
    ...settings,
    ...SET,
    LOG_LEVEL: 'debug',
    DEBUG_WEBHOOKS: 'true',
  });
  await careerHooks.connected();
  const secrets = new Map<string, string>(
    Object.entries({
      ...SET,
      CV_NOTIFY_EMAIL: 'smtp-password-0123456789',
      CV_NOTIFY_SLACK_URL: 'slack-webhook-0123456789',
      SMTP_URL: 'smtp-password-0123456789',
      GITHUB_API_URL: SET.GITHUB_TOKEN,
    }),
  );
  /** Bodies of the answers that are no place for a secret. */
  const answers: string[] = [];
  const call: typeof careerHooks.call = async (...given) => {
    const answer = await careerHooks.call(...given);
    answers.push(JSON.stringify(answer.body));
    return answer;
  };
  const silently = careerHooks.call;

  // Keys, a product's token, and an endpoint with secrets of its owner's.
  const { body: key } = await silently('POST', '/v1/keys', {
    system: 'roleready',
    scopes: ['publish', 'manage'],
  });
  const token = key.token as string;
  secrets.set('key', token);
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('user_1')
    .setExpirationTime('1h')
    .sign(createSecretKey(SET.ROLEREADY_JWT_SECRET, 'utf8'));
  secrets.set('jwt', jwt);
  secrets.set('secret', 'secret-of-the-integrator-0123456789');
  secrets.set('header', 'header-of-the-integrator-0123456789');
  secrets.set('new secret', 'another-secret-0123456789-of-the-integrator');
  const wanted = {
    user: 'user_1',
    url: receiver.url,
    events: ['*'],
    secret: secrets.get('secret'),
    headers: { 'x-api-key': secrets.get('header') },
    ed25519: true,
  };
  const { body: endpoint } = await silently('POST', '/v1/endpoints', wanted, { token });
  secrets.set('signing key', endpoint.signing_key as string);
  const challenge = JSON.parse(receiver.challenges[0]?.body.toString() ?? '{}') as {
    challenge: string;
  };
  secrets.set('challenge', challenge.challenge);

  // Deliveries that fail, tests, a rotation.
  receiver.answer = (_request, index) => (index % 2 === 0 ? { status: 500, body: 'no' } : {});
  const published = {
    user: 'user_1',
    type: 'resume.parsed',
    ...example('roleready', 'resume.parsed'),
  };
  await call('POST', '/v1/events', published, { token });
  await waitUntil(
    () => call('GET', '/v1/deliveries', undefined, { token }),
    ({ body }) =>
      body.data.some((delivery: { attempt_count: number }) => delivery.attempt_count > 0),
  );
  const path = `/v1/endpoints/${endpoint.id}`;
  await call('POST', `${path}/test`, {}, { token });
  const { body: rotated } = await silently('POST', `${path}/rotate-secret`, {}, { token });
  secrets.set('rotated', rotated.secret as string);
  await call('POST', '/v1/events', published, { token });
  await call('POST', `${path}/test`, {}, { token });
  await call('PATCH', path, { secret: secrets.get('new secret') }, { token });
  await call('GET', '/v1/endpoints', undefined, { token });
  await call('GET', '/roleready/api/webhooks/logs', undefined, { token: jwt });
  await call('GET', '/roleready/api/webhooks/config', undefined, {
    token: SET.CAREERHOOKS_ADMIN_TOKEN,
  });

  // What is wrong: tokens, fields, types, broken JSON, a header that cannot be sent.
  await call('GET', '/v1/me', undefined, { token: `${token}x` });
  await call('GET', '/roleready/api/webhooks/config', undefined, { token: `${jwt}x` });
  await call('POST', '/v1/endpoints', { ...wanted, secret: [secrets.get('secret')] }, { token });
  await call('POST', '/v1/endpoints', { ...wanted, unknown: secrets.get('secret') }, { token });
  await call('POST', '/v1/endpoints', { ...wanted, events: ['no.such'] }, { token });
  const broken = `{"secret": "${secrets.get('secret')}", `;
  await call('POST', '/v1/endpoints', undefined, { raw: broken, token });
  const header = { 'x-api-key': `${secrets.get('header')}\n` };
  await call('POST', '/v1/endpoints', { ...wanted, headers: header }, { token });

  // The CV: a webhook in, GitHub, Slack and a mail server that are not there, wrong signatures.
  const webhook = async (
    action: string,
    section: string,
    data: unknown,
    key = SET.CV_WEBHOOK_SECRET,
  ) => {
    const raw = JSON.stringify({ action, section, data });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', key).update(timestamp).update(raw).digest('hex');
    // A wrong one is told to whoever sent it, as the document has it.
    if (key === SET.CV_WEBHOOK_SECRET) secrets.set(`signature of ${section}`, signature);
    return call('POST', '/api/webhook/cv', undefined, {
      raw,
      headers: { 'x-webhook-signature': `sha256=${signature}`, 'x-webhook-timestamp': timestamp },
    });
  };
  const personal = { name: 'Ada Example', title: 'Engineer', email: 'ada@example.com' };
  expect((await webhook('update', 'personalInfo', personal)).status).toBe(200);
  await webhook('sync', 'github', { username: 'ada', repos: ['one'] });
  await webhook('update', 'skills', {}, 'not-the-secret-of-the-webhook');
  await waitUntil(
    () => call('GET', '/v1/cv/changes'),
    ({ body }) => JSON.stringify(body).includes('"step":"notification"'),
    60_000,
  );

  const histories = await exportTemporal(Number(settings.CAREERHOOKS_TEMPORAL_PORT));
  expect(histories.workflows).toBeGreaterThan(1);
  const running = await filesOf(dataDir);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });

  const places = new Map<string, string>([
    ['output', careerHooks.output()],
    ['answers', answers.join('\n')],
    ['Temporal', histories.text],
    ...running,
    ...(await filesOf(dataDir)),
  ]);
  expect(careerHooks.output()).toContain('[WEBHOOK DEBUG]');
  const leaks: string[] = [];
  for (const [name, secret] of secrets) {
    expect([name, secret.length > 15]).toEqual([name, true]);
    const bare = secret.replace(/^(whsec|chk|cha|ghp)_/, '');
    const forms = [
      bare,
      encodeURIComponent(bare),
      Buffer.from(secret).toString('base64').slice(4, -4),
    ];
    for (const [place, text] of places) {
      // The database keeps which signatures were used, so that none is used again.
      if (name.startsWith('signature') && place.startsWith('careerhooks.db')) continue;
      if (forms.some((form) => text.includes(form))) leaks.push(`${name} in ${place}`);
    }
  }
  expect(leaks).toEqual([]);
});

/** Every file of a folder, read byte by byte, by its path. */
async function filesOf(folder: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) found.push([name, (await readFile(path)).toString('latin1')]);
  }
  return found;
}

/** Histories, memos and search attributes of every workflow, as JSON with its payloads decoded. */
async function exportTemporal(port: number): Promise<{ workflows: number; text: string }> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  const { workflow } = new Client({ connection });
  let workflows = 0;
  let text = '';
  for await (const execution of workflow.list()) {
    const handle = workflow.getHandle(execution.workflowId, execution.runId);
    workflows += 1;
    text += decoded([await handle.fetchHistory(), (await handle.describe()).raw]);
  }
  await connection.close();
  return { workflows, text };
}

function decoded(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    const { type, data } = (inner ?? {}) as { type?: unknown; data?: unknown };
    if (type === 'Buffer') return Buffer.from(data as number[]).toString();
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString();
    return typeof inner === 'bigint' ? String(inner) : inner;
  });
}
