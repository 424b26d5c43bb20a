import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { ROOT, startProcess } from '../../support/process';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server';
import { waitUntil } from '../../support/wait-until';
import { pythonHttpClients } from '../../interop/support/tools';
import { documents } from './conformance';

const SECRET = 'the-webhook-secret-of-the-cv';
const JWT_SECRET = 'the-key-of-the-products-own-tokens';
const DOCUMENTS = join(__dirname, 'documents/cv');
const printed = (name: string): string => readFileSync(join(DOCUMENTS, name), 'utf8');
const OPERATIONS = printed('operations.txt').split('---\n');

let careerHooks: TestCareerHooks;
let smtp: TestSmtpServer;

/** A GitHub that fails as often as told, then knows every repository but `missing`. */
const github = { failures: 0, requests: 0 };
const gitHubServer = createServer((request, response) => {
  github.requests += 1;
  response.setHeader('content-type', 'application/json');
  if (github.failures > 0) {
    github.failures -= 1;
    response.writeHead(502).end('{}');
    return;
  }
  const [, , , name = '', part] = (request.url ?? '').split('/');
  if (name === 'missing') response.writeHead(404).end('{"message": "Not Found"}');
  else if (part === 'languages') response.end('{"TypeScript": 5}');
  else {
    response.end(
      JSON.stringify({
        name,
        description: `${name}.`,
        stargazers_count: 3,
        topics: [],
        pushed_at: null,
        html_url: `https://github.com/octocat/${name}`,
      }),
    );
  }
});

beforeAll(async () => {
  smtp = await startSmtpServer();
  await new Promise<void>((resolve) => gitHubServer.listen(0, '127.0.0.1', resolve));
  careerHooks = await startTestCareerHooks({
    CV_WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: `http://127.0.0.1:${(gitHubServer.address() as AddressInfo).port}`,
    CV_NOTIFY_EMAIL: 'owner@example.com',
    SMTP_URL: smtp.url,
  });
});

afterAll(async () => {
  await careerHooks.stop();
  await smtp.stop();
  gitHubServer.close();
  gitHubServer.closeAllConnections();
});

interface Sent {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

let senders = 0;

/**
 * Sends a webhook as the document says. Each comes from a loopback address of its own, so that the
 * limit of ten a minute does not meet other tests.
 */
async function send(
  body: unknown,
  options: {
    at?: TestCareerHooks;
    path?: string;
    headers?: Record<string, string | undefined>;
    encoding?: 'hex' | 'base64';
    timestamp?: string;
    from?: string;
  } = {},
): Promise<Sent> {
  const raw =
    typeof body === 'string' || Buffer.isBuffer(body)
      ? Buffer.from(body)
      : Buffer.from(JSON.stringify(body));
  const at = options.at ?? careerHooks;
  const timestamp = options.timestamp ?? String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET)
    .update(timestamp)
    .update(raw)
    .digest(options.encoding ?? 'hex');
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'content-length': String(raw.length),
    'x-webhook-signature': `sha256=${signature}`,
    'x-webhook-timestamp': timestamp,
    authorization: `Bearer ${at.token}`,
    ...options.headers,
  };
  senders += 1;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${at.url}${options.path ?? '/api/webhook/cv'}`,
      {
        method: 'POST',
        headers: Object.fromEntries(
          Object.entries(headers).filter(([, value]) => value !== undefined),
        ),
        localAddress: options.from ?? `127.0.${1 + (senders >> 7)}.${1 + (senders % 128)}`,
        agent: false,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: JSON.parse(text) as unknown,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(raw);
  });
}

const change = (id: string) => careerHooks.call('GET', `/api/webhook/cv/history/${id}`);

/** Waits until a change has no step left to make. */
async function finished(id: string, timeoutMs = 30_000) {
  const answer = await waitUntil(
    () => change(id),
    ({ body }) => body.status !== 'processing',
    timeoutMs,
  );
  return answer.body;
}

async function cv() {
  const { body } = await careerHooks.call('GET', '/api/cv');
  return body.cv;
}

describe('the requests of the document, as printed', () => {
  test.each(
    OPERATIONS.map((text) => [`${JSON.parse(text).action} ${JSON.parse(text).section}`, text]),
  )(documents('CV Website', 'Supported operations', '%s as printed'), async (_, text) => {
    const { status, body } = await send(text);
    const { action, section } = JSON.parse(text) as { action: string; section: string };
    expect(body).toMatchObject({ success: true, action, section });
    expect(status).toBe(200);
    const done = await finished(body.id as string);
    expect(done).toMatchObject({ status: 'completed', error: null });
    const steps =
      action === 'sync'
        ? ['database', 'github', 'pdf', 'notification']
        : ['database', 'pdf', 'notification'];
    expect(
      done.steps.map(({ step, status }: Record<string, string>) => `${step} ${status}`),
    ).toEqual(steps.map((step) => `${step} completed`));
  });

  test(
    documents('CV Website', 'Supported operations (together)', 'the CV has all that they bring'),
    async () => {
      const all = await cv();
      for (const text of OPERATIONS) {
        const { action, section, data } = JSON.parse(text);
        if (action === 'sync') {
          expect(all.github.repositories.map(({ name }: { name: string }) => name)).toEqual(
            data.repositories,
          );
        } else expect(all[section]).toEqual(action === 'add' ? [data] : data);
      }
      const pdf = await fetch(`${careerHooks.url}/api/cv.pdf`, {
        headers: { authorization: `Bearer ${careerHooks.token}` },
      });
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      const script = join(ROOT, 'test/support/read-pdf.mjs');
      const { stdout } = spawnSync(process.execPath, [script], {
        input: Buffer.from(await pdf.arrayBuffer()),
      });
      expect(JSON.parse(stdout.toString()).pages[0]).toContain('AI Avatar System');
      const resume = await careerHooks.call('GET', '/api/cv/resume.json');
      expect(resume.body.basics.name).toBe('Name Surname');
      expect(smtp.messages.some((message) => message.includes('Subject: CV changed: skills'))).toBe(
        true,
      );
    },
  );

  test(documents('CV Website', 'Local testing', 'the action test on health'), async () => {
    expect((await send({ action: 'test', section: 'health' })).body).toMatchObject({
      success: true,
    });
  });

  test(
    documents('CV Website', 'Local testing (as printed)', 'has no valid signature, and is told so'),
    async () => {
      const { status, body } = await send('{"action": "test", "section": "health"}', {
        headers: { 'x-webhook-signature': 'sha256=test-signature', authorization: undefined },
      });
      expect(status).toBe(401);
      expect(body).toEqual({
        error: 'Invalid signature',
        code: 'INVALID_SIGNATURE',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        details: { received: 'sha256=test-signature', hint: expect.any(String) },
      });
    },
  );
});

describe("the document's clients, as printed apart from URL and keys", () => {
  const settle = (text: string): string =>
    text
      .replaceAll('https://your-domain.com/api/webhook/cv', `${careerHooks.url}/api/webhook/cv`)
      .replaceAll('your-webhook-secret', SECRET)
      .replaceAll('your-admin-token', careerHooks.token);

  async function run(
    command: string,
    args: string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    const child = startProcess(command, args, env);
    const { code } = await child.exited;
    expect(`${code} ${code === 0 ? '' : child.output()}`).toBe('0 ');
    return child.output();
  }

  test(documents('CV Website', 'Example 1', 'curl and openssl, as printed'), async () => {
    const output = await run('bash', ['-c', settle(printed('client.sh.txt'))], {
      ADMIN_TOKEN: careerHooks.token,
    });
    expect(output).toContain('"success":true');
    expect((await cv()).personalInfo.title).toBe('Senior AI Specialist & 3D Artist');
  });

  test(
    documents('CV Website', 'Example 2', 'Python with requests, as printed'),
    async () => {
      const python = await pythonHttpClients.install();
      const output = await run(python, ['-c', settle(printed('client.py.txt'))]);
      expect(output).toContain('Status: 200');
      expect((await cv()).workExperience.map(({ id }: { id: string }) => id)).toContain(
        'freelance-2024',
      );
    },
    180_000,
  );

  test(documents('CV Website', 'Example 3', 'Node with axios, as printed'), async () => {
    const output = await run(process.execPath, ['-e', settle(printed('client.js.txt'))]);
    expect(output).toContain('Webhook sent successfully');
    expect((await cv()).projects.map(({ id }: { id: string }) => id)).toContain('ai-avatar-system');
  });
});

describe('who may send', () => {
  const health = { action: 'test', section: 'health' };
  const now = (): number => Math.floor(Date.now() / 1000);

  test.each(['hex', 'base64'] as const)(
    documents('CV Website', 'Signature', '%s, with and without sha256='),
    async (encoding) => {
      const timestamp = String(now() - 1);
      const bare = createHmac('sha256', SECRET)
        .update(timestamp)
        .update(JSON.stringify(health))
        .digest(encoding);
      expect((await send(health, { encoding })).status).toBe(200);
      expect(
        (await send(health, { timestamp, headers: { 'x-webhook-signature': bare } })).status,
      ).toBe(200);
    },
  );

  test.each([
    ['MISSING_SIGNATURE', { headers: { 'x-webhook-signature': undefined } }],
    ['MISSING_TIMESTAMP', { headers: { 'x-webhook-timestamp': undefined } }],
    ['INVALID_TIMESTAMP', { timestamp: '1e9' }],
    ['TIMESTAMP_TOO_OLD', { timestamp: String(now() - 320) }],
    ['TIMESTAMP_IN_FUTURE', { timestamp: String(now() + 400) }],
    ['INVALID_SIGNATURE', { headers: { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` } }],
    ['UNAUTHORIZED', { headers: { authorization: undefined } }],
    ['UNAUTHORIZED', { headers: { authorization: 'Bearer wrong' } }],
  ])(
    documents('CV Website', '401', '%s, without the expected signature (%j)'),
    async (code, options) => {
      const { status, body } = await send(
        { action: 'update', section: 'personalInfo', data: { name: 'Nobody' } },
        options,
      );
      expect({ status, code: body.code }).toEqual({ status: 401, code });
      expect(body.details).not.toHaveProperty('expected');
      expect((await cv()).personalInfo.name).not.toBe('Nobody');
    },
  );

  test(
    documents('CV Website', 'Signature (bytes)', 'it is over the body as it was sent'),
    async () => {
      const spaced = '{"action":  "test",\n "section": "health"}';
      expect((await send(spaced)).status).toBe(200);
    },
  );

  test(
    documents(
      'CV Website',
      'Admin authentication',
      'a key for cv that may manage, or the admin token',
    ),
    async () => {
      const bearer = async (wanted: { system: string; scopes?: string[] }) => ({
        headers: { authorization: `Bearer ${await careerHooks.key(wanted)}` },
      });
      expect((await send(health, await bearer({ system: 'cv' }))).status).toBe(200);
      expect((await send(health, await bearer({ system: 'roleready' }))).body.code).toBe(
        'UNAUTHORIZED',
      );
      expect(
        (await send(health, await bearer({ system: 'cv', scopes: ['publish'] }))).body.code,
      ).toBe('UNAUTHORIZED');
    },
  );

  test(
    documents('CV Website', 'Replay attacks', 'a signature that is sent again is refused'),
    async () => {
      const update = {
        action: 'update',
        section: 'personalInfo',
        data: { location: 'Warsaw, Poland' },
      };
      const timestamp = String(now());
      expect((await send(update, { timestamp })).status).toBe(200);
      const again = await send(update, { timestamp, encoding: 'base64' });
      expect({ status: again.status, code: again.body.code }).toEqual({
        status: 401,
        code: 'SIGNATURE_REUSED',
      });
    },
  );

  test('reading needs a token, too', async () => {
    for (const path of [
      '/api/cv',
      '/api/cv.pdf',
      '/api/cv/resume.json',
      '/api/cv/backups',
      '/api/webhook/cv/history',
      '/api/webhook/cv/stats',
    ]) {
      expect((await careerHooks.call('GET', path, undefined, { token: null })).body).toMatchObject({
        code: 'UNAUTHORIZED',
      });
    }
  });

  test(
    documents('CV Website', 'Rate limiting', 'the eleventh request of a minute waits'),
    async () => {
      const from = '127.0.99.1';
      for (let count = 1; count <= 10; count += 1)
        expect((await send(health, { from })).status).toBe(200);
      const { status, headers, body } = await send(health, { from });
      expect(status).toBe(429);
      expect(body).toMatchObject({ error: 'Too Many Requests', code: 'RATE_LIMIT_EXCEEDED' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(headers.ratelimit).toMatch(/limit=10, remaining=0, reset=\d+/);
    },
  );
});

describe('what is refused', () => {
  test.each([
    [400, 'INVALID_PAYLOAD', 'not json'],
    [400, 'INVALID_PAYLOAD', '[]'],
    [400, 'INVALID_PAYLOAD', { action: 1, section: 'skills', data: {} }],
    [400, 'MISSING_DATA', { section: 'skills', data: {} }],
    [400, 'MISSING_DATA', { action: 'update', section: 'skills' }],
    [422, 'INVALID_ACTION', { action: 'replace', section: 'skills', data: {} }],
    [422, 'INVALID_SECTION', { action: 'update', section: 'hobbies', data: {} }],
    [
      422,
      'VALIDATION_FAILED',
      { action: 'update', section: 'personalInfo', data: { email: 'no' } },
    ],
    [422, 'UNKNOWN_ID', { action: 'delete', section: 'projects', data: { id: 'nothing' } }],
    [
      400,
      'PAYLOAD_TOO_LARGE',
      { action: 'update', section: 'personalInfo', data: { summary: 'x'.repeat(5 * 1024 * 1024) } },
    ],
  ])(
    documents('CV Website', 'HTTP status codes', '%i %s, in the documented error format'),
    async (status, code, body) => {
      const answer = await send(body);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      expect(Object.keys(answer.body)).toEqual(['error', 'code', 'timestamp', 'details']);
    },
  );

  test(
    documents('CV Website', 'Webhook replay', 'a failed one is in the history and can be replayed'),
    async () => {
      const refused = await send({ action: 'delete', section: 'projects', data: { id: 'later' } });
      const id = refused.body.details.id as string;
      expect((await change(id)).body).toMatchObject({
        status: 'failed',
        error: { code: 'UNKNOWN_ID' },
      });
      await send({ action: 'add', section: 'projects', data: { id: 'later', name: 'Later' } });
      const replayed = await careerHooks.call('POST', `/api/webhook/cv/history/${id}/replay`);
      expect(replayed.status).toBe(200);
      expect(await finished(id)).toMatchObject({ status: 'completed' });
      expect((await cv()).projects.map((project: { id: string }) => project.id)).not.toContain(
        'later',
      );
      expect(
        (await careerHooks.call('POST', `/api/webhook/cv/history/${id}/replay`)).body.code,
      ).toBe('NOT_FAILED');
    },
  );
});

describe('GitHub', () => {
  const sync = (repositories: string[]) =>
    send({ action: 'sync', section: 'github', data: { username: 'octocat', repositories } });

  test(
    documents('CV Website', 'GitHub', 'is tried again while it is down, with the CV as it was'),
    async () => {
      const before = await cv();
      github.failures = 3;
      const { body } = await sync(['just_cv']);
      const retrying = await waitUntil(
        () => change(body.id as string),
        (answer) =>
          answer.body.steps.some(({ status }: { status: string }) => status === 'retrying'),
      );
      expect(retrying.body.steps[1]).toMatchObject({
        step: 'github',
        error: { code: 'GITHUB_UNAVAILABLE' },
      });
      expect((await cv()).github).toEqual(before.github);
      const done = await finished(body.id as string, 60_000);
      expect(done).toMatchObject({ status: 'completed' });
      expect(
        done.steps.find(({ step }: { step: string }) => step === 'github').tries,
      ).toBeGreaterThan(1);
      expect((await cv()).github.repositories).toHaveLength(1);
    },
    90_000,
  );

  test('a repository that is not there fails the sync by name, tells subscribers, and leaves the CV', async () => {
    const before = await cv();
    const { body } = await sync(['just_cv', 'missing']);
    expect(await finished(body.id as string)).toMatchObject({
      status: 'failed',
      error: { code: 'REPOSITORY_NOT_FOUND', message: 'GitHub has no octocat/missing.' },
    });
    expect(await cv()).toEqual(before);
    const events = await careerHooks.call('GET', '/v1/events?type=cv.update_failed');
    expect(events.body.data[0].data).toMatchObject({
      action: 'sync',
      code: 'REPOSITORY_NOT_FOUND',
    });
  });
});

describe('what is kept', () => {
  test(
    documents('CV Website', 'Database transactions', 'of updates at once, all are in the CV'),
    async () => {
      const names = Array.from({ length: 6 }, (_, index) => `at-once-${index}`);
      const answers = await Promise.all(
        names.map((id) => send({ action: 'add', section: 'projects', data: { id, name: id } })),
      );
      expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
      expect(new Set(answers.map(({ body }) => body.version as number)).size).toBe(names.length);
      const ids = (await cv()).projects.map(({ id }: { id: string }) => id);
      expect(ids).toEqual(expect.arrayContaining(names));
    },
  );

  test(
    documents('CV Website', 'Backups', 'one brings the CV back as it was before a change'),
    async () => {
      const before = await cv();
      await send({ action: 'update', section: 'personalInfo', data: { name: 'Somebody Else' } });
      const { body } = await careerHooks.call('GET', '/api/cv/backups?limit=1');
      const restored = await careerHooks.call('POST', `/api/cv/backups/${body.data[0].id}/restore`);
      expect(restored.status).toBe(200);
      expect(await cv()).toEqual(before);
      expect((await careerHooks.call('POST', '/api/cv/backups/nothing/restore')).status).toBe(404);
    },
  );

  test('every change is an event, and a workflow of its own', async () => {
    const { body } = await careerHooks.call('GET', '/v1/events?limit=100');
    const types = new Set(body.data.map(({ type }: { type: string }) => type));
    for (const type of [
      'cv.updated',
      'cv.item_added',
      'cv.item_deleted',
      'cv.synced',
      'cv.pdf_regenerated',
    ]) {
      expect(types).toContain(type);
    }
  });

  test(
    documents('CV Website', 'Webhook analytics', 'statistics under the names of the document'),
    async () => {
      const { body } = await careerHooks.call('GET', '/api/webhook/cv/stats');
      expect(body.total_webhooks).toBeGreaterThan(20);
      expect(body.success_rate).toBeGreaterThan(0.5);
      expect(body.avg_processing_time).toBeGreaterThan(0);
      expect(body.by_action.sync.total_webhooks).toBe(3);
      expect(body.by_section.projects).toHaveProperty('success_rate');
    },
  );

  test('the same under /cv', async () => {
    expect(
      (await send({ action: 'test', section: 'health' }, { path: '/cv/api/webhook/cv' })).status,
    ).toBe(200);
    expect((await careerHooks.call('GET', '/cv/api/cv')).status).toBe(200);
  });
});

describe('other settings', () => {
  let other: TestCareerHooks;
  beforeAll(async () => {
    other = await startTestCareerHooks({
      CV_WEBHOOK_SECRET: SECRET,
      CV_AUTH: 'any',
      CV_ALLOW_IPS: '127.0.0.0/16',
      CV_JWT_SECRET: JWT_SECRET,
    });
  });
  afterAll(() => other.stop());

  test(
    documents(
      'CV Website',
      'Multiple authentication methods',
      'CV_AUTH=any takes a signature, a key or a JWT alone',
    ),
    async () => {
      const health = { action: 'test', section: 'health' };
      const unsigned = { 'x-webhook-signature': undefined, 'x-webhook-timestamp': undefined };
      expect(
        (await send(health, { at: other, headers: { authorization: undefined } })).status,
      ).toBe(200);
      expect((await send(health, { at: other, headers: unsigned })).status).toBe(200);
      const neither = await send(health, {
        at: other,
        headers: { ...unsigned, authorization: undefined },
      });
      expect(neither.body.code).toBe('MISSING_SIGNATURE');
      const token = await new SignJWT({ sub: 'user_cv' })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('5m')
        .sign(Buffer.from(JWT_SECRET));
      const byToken = await send(health, {
        at: other,
        headers: { ...unsigned, authorization: `Bearer ${token}` },
      });
      expect(byToken.status).toBe(200);
      const wrong = await send(health, {
        at: other,
        headers: { ...unsigned, authorization: 'Bearer wrong' },
      });
      expect(wrong.body.code).toBe('UNAUTHORIZED');
    },
  );

  test(
    documents('CV Website', 'IP whitelisting', 'CV_ALLOW_IPS refuses other addresses'),
    async () => {
      const { status, body } = await send(
        { action: 'test', section: 'health' },
        { at: other, from: '127.1.0.1' },
      );
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'IP_NOT_ALLOWED' });
    },
  );
});
