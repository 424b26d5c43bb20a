import sample from '@jsonresume/schema/sample.resume.json';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let key: string;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  key = await careerHooks.key({ system: 'cv' });
});
afterAll(() => careerHooks.stop());

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function put(query: string, file: unknown, token = key): Promise<Answer> {
  const response = await fetch(`${careerHooks.url}/api/cv/resume.json${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: typeof file === 'string' ? file : JSON.stringify(file),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function get(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${careerHooks.url}${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return (await response.json()) as Record<string, unknown>;
}

async function backups(): Promise<unknown[]> {
  return (await get('/api/cv/backups')).data as unknown[];
}

test('a dry run says what would change and what is not understood, and writes nothing', async () => {
  const file = { ...sample, extra: { note: 'x' } };
  const { status, body } = await put('?dry_run=true', file);
  expect([status, body]).toMatchObject([
    200,
    {
      message: expect.stringContaining('Nothing was written'),
      id: null,
      dry_run: true,
      version: 0,
      ignored: [{ path: 'extra', reason: 'is no field that the CV has' }],
    },
  ]);
  expect(body.changes).toContainEqual(
    expect.objectContaining({
      section: 'workExperience',
      added: ['pied-piper-ceo-president-2013'],
    }),
  );
  expect(await get('/api/cv')).toMatchObject({ version: 0 });
  expect((await get('/api/webhook/cv/history')).data).toEqual([]);
});

test('an import is one change with a backup, an event and a PDF, and a second one is none', async () => {
  const receiver = await startTestReceiver();
  await careerHooks.call(
    'POST',
    '/v1/endpoints',
    { url: receiver.url, events: ['cv.updated'] },
    { token: key },
  );
  const { status, body } = await put('?version=0', sample);
  expect([status, body]).toMatchObject([200, { version: 1, dry_run: false, ignored: [] }]);
  const cv = await get('/api/cv');
  expect(cv).toMatchObject({
    version: 1,
    cv: {
      personalInfo: { name: 'Richard Hendriks' },
      education: [{ institution: 'University of Oklahoma' }],
    },
  });
  const change = await waitUntil(
    () => get(`/api/webhook/cv/history/${String(body.id)}`),
    (found) => found.status !== 'processing',
  );
  expect(change).toMatchObject({ action: 'import', section: 'cv', status: 'completed' });
  await waitUntil(
    () => Promise.resolve(receiver.requests),
    ({ length }) => length > 0,
  );
  expect(await backups()).toHaveLength(1);

  for (const file of [sample, await get('/api/cv/resume.json')]) {
    const again = await put('', file);
    expect([again.status, again.body]).toMatchObject([
      200,
      { message: 'Nothing to change', id: null, version: 1, changes: [] },
    ]);
  }
  expect(await get('/api/cv')).toEqual(cv);
  expect(await backups()).toHaveLength(1);
  expect((await get('/api/webhook/cv/history')).data).toHaveLength(1);
  await receiver.stop();
});

test('restoring the backup takes an import back', async () => {
  const { body } = await put('', { basics: { name: 'Somebody Else' }, work: [] });
  expect(body).toMatchObject({
    changes: expect.arrayContaining([
      expect.objectContaining({ section: 'personalInfo', changed: ['name'] }),
      expect.objectContaining({
        section: 'workExperience',
        removed: ['pied-piper-ceo-president-2013'],
      }),
    ]),
    kept: expect.arrayContaining(['education', 'socialMedia']),
  });
  const [newest] = (await backups()) as { id: string }[];
  await fetch(`${careerHooks.url}/api/cv/backups/${newest?.id}/restore`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  });
  expect((await put('', sample)).body).toMatchObject({ changes: [] });
});

test.each([
  ['no JSON', 'VALUE', '', 400, 'INVALID_PAYLOAD'],
  ['no JSON Resume', { name: 'x' }, '', 422, 'VALIDATION_FAILED'],
  ['another version', { basics: {} }, '?version=77', 422, 'CV_CHANGED'],
  ['an option that there is not', { basics: {} }, '?dry_run=maybe', 422, 'VALIDATION_FAILED'],
  ['an option in other letters', { basics: {} }, '?dry-run=true', 422, 'VALIDATION_FAILED'],
  ['half of a surrogate pair', '{"basics":{"name":"Jo\\ud800hn"}}', '', 422, 'VALIDATION_FAILED'],
  ['NUL', { basics: { name: 'a\0b' } }, '?dry_run=true', 422, 'VALIDATION_FAILED'],
  ['more than 4 MiB', { basics: { summary: 'x'.repeat(4_200_000) } }, '', 400, 'PAYLOAD_TOO_LARGE'],
])('%s is refused, and nothing is written', async (_, file, query, status, code) => {
  const before = await get('/api/cv');
  const answer = await put(query, file);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(await get('/api/cv')).toEqual(before);
});

test('a text that is too long is named by its path in the file', async () => {
  const work = [{ name: 'Acme' }, { name: 'Other', highlights: ['short', 'x'.repeat(3_000)] }];
  const { status, body } = await put('', { work });
  expect([status, body]).toMatchObject([
    422,
    { code: 'VALIDATION_FAILED', details: { issues: [{ path: 'work[1].highlights[1]' }] } },
  ]);
});

test('the largest CV comes back by both APIs, and what is larger is refused in words', async () => {
  const responsibilities = Array.from({ length: 100 }, () => '汉'.repeat(1_900));
  const item = { position: 'x', company: 'y', responsibilities };
  for (const id of ['a', 'b']) {
    const change = { action: 'add', section: 'workExperience', data: { id, ...item } };
    const done = await careerHooks.call('POST', '/v1/cv/changes', change, { token: key });
    expect(done.status).toBe(200);
  }
  const exported = await get('/api/cv/resume.json');
  expect(Buffer.byteLength(JSON.stringify(exported))).toBeGreaterThan(2 * 1024 * 1024);
  expect((await put('', exported)).body).toMatchObject({ changes: [], ignored: [] });
  const native = await careerHooks.call('PUT', '/v1/cv/resume', exported, { token: key });
  expect([native.status, native.body]).toMatchObject([200, { changes: [], ignored: [] }]);

  const larger = { basics: { summary: 'x'.repeat(4_200_000) } };
  expect((await put('', larger)).body.details).toEqual({ limitBytes: 4 * 1024 * 1024 });
  const refused = await careerHooks.call('PUT', '/v1/cv/resume', larger, { token: key });
  expect([refused.status, refused.body.detail]).toEqual([413, 'Send at most 4 MiB.']);
  await put('', { ...exported, work: [] });
});

test('text that cannot be stored is named by its path in the file', async () => {
  const file = { work: [{ name: 'a\0b', highlights: ['\ud800'] }] };
  const message = 'work[0].name must not contain NUL (U+0000)';
  const { status, body } = await put('', file);
  expect([status, body]).toMatchObject([
    422,
    { details: { issues: [{ path: 'work[0].name' }, { path: 'work[0].highlights[0]' }] } },
  ]);
  const native = await careerHooks.call('PUT', '/v1/cv/resume', file, { token: key });
  expect(native.body).toMatchObject({
    code: 'cv_change_refused',
    detail: expect.stringContaining(message),
  });
});

test('what restores or replays takes no options, and one that is to hold it back is refused', async () => {
  const before = await get('/api/cv');
  const [newest] = (await backups()) as { id: string }[];
  for (const path of [`cv/backups/${newest?.id}/restore`, 'webhook/cv/history/none/replay']) {
    const { status } = await fetch(`${careerHooks.url}/api/${path}?dry_run=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(status).toBe(422);
  }
  expect(await get('/api/cv')).toEqual(before);
});

test('it needs a key that may change the CV', async () => {
  const reader = await careerHooks.key({ system: 'cv', scopes: ['publish'] });
  expect((await put('', sample, reader)).status).toBe(401);
  expect((await put('', sample, 'nonsense')).status).toBe(401);
});

test('the native API exports and imports the same', async () => {
  const exported = await careerHooks.call('GET', '/v1/cv/resume', undefined, { token: key });
  expect(exported.body).toEqual(await get('/api/cv/resume.json'));
  const none = await careerHooks.call('PUT', '/v1/cv/resume', exported.body, { token: key });
  expect([none.status, none.body]).toMatchObject([200, { id: null, changes: [] }]);
  const dry = await careerHooks.call(
    'PUT',
    '/v1/cv/resume?dry_run=true',
    { awards: [] },
    { token: key },
  );
  expect(dry.body).toMatchObject({ dry_run: true, changes: [{ section: 'awards' }] });
  const refused = await careerHooks.call('PUT', '/v1/cv/resume', { a: 1 }, { token: key });
  expect([refused.status, refused.body.code]).toEqual([422, 'cv_change_refused']);
});
