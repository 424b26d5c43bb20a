import type { CallApi } from '../../support/call-api';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { conformingApi } from '../../support/conforming';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let call: CallApi;
let key: string;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  const admin = await conformingApi(careerHooks.call);
  key = await careerHooks.key({ system: 'cv' });
  call = (method, path, body, options) =>
    admin.call(method, path, body, { token: key, ...options });
});
afterAll(() => careerHooks.stop());

const NAME = { action: 'update', section: 'personalInfo', data: { name: 'Ada Example' } };

test('before the first change, the CV is version 0 and has no PDF', async () => {
  const cv = await call('GET', '/v1/cv');
  expect([cv.status, cv.body]).toMatchObject([200, { version: 0, updated_at: null }]);
  const pdf = await call('GET', '/v1/cv/pdf');
  expect([pdf.status, pdf.body.code, pdf.body.detail]).toEqual([
    404,
    'not_found',
    expect.stringContaining('no PDF yet'),
  ]);
});

test('a change is committed, tells subscribers, and goes on to the PDF', async () => {
  const receiver = await startTestReceiver();
  const endpoint = await call('POST', '/v1/endpoints', { url: receiver.url, events: ['cv.*'] });
  expect(endpoint.status).toBe(201);

  const changed = await call('POST', '/v1/cv/changes', NAME);
  expect([changed.status, changed.body]).toMatchObject([
    200,
    { action: 'update', section: 'personalInfo', version: 1, ids: [], warnings: [] },
  ]);
  const cv = await call('GET', '/v1/cv');
  expect(cv.body).toMatchObject({ version: 1, cv: { personalInfo: { name: 'Ada Example' } } });

  const change = await waitUntil(
    async () => (await call('GET', `/v1/cv/changes/${changed.body.id}`)).body,
    ({ status }) => status !== 'processing',
  );
  expect(change.status).toBe('completed');
  const steps = change.steps as { step: string; status: string }[];
  expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual(
    expect.arrayContaining(['database completed', 'pdf completed']),
  );
  const pdf = await call('GET', '/v1/cv/pdf');
  expect([pdf.status, pdf.headers.get('x-cv-version')]).toEqual([200, '1']);
  expect(pdf.body).toMatch(/^%PDF-/);

  await waitUntil(
    () => Promise.resolve(receiver.requests),
    ({ length }) => length > 0,
  );
  expect(receiver.requests[0]!.body.toString()).toContain('cv.updated');
  await receiver.stop();

  const listed = await call('GET', '/v1/cv/changes?status=completed');
  expect(listed.body.data).toMatchObject([{ id: changed.body.id }]);
});

test('letters that the PDF cannot draw are told in the answer, and in the history of its step', async () => {
  const told = 'The PDF cannot draw 山 田 (Han): run "careerhooks fonts add chinese-simplified"';
  const changed = await call('POST', '/v1/cv/changes', {
    action: 'update',
    section: 'personalInfo',
    data: { location: '山田' },
  });
  expect([changed.status, changed.body.warnings]).toEqual([200, [told]]);
  const { status, steps } = await waitUntil(
    async () => (await call('GET', `/v1/cv/changes/${changed.body.id}`)).body,
    (change) => change.status !== 'processing',
  );
  expect(status).toBe('completed');
  const notes = (steps as { step: string; notes: string[] }[]).map(
    (made) => [made.step, made.notes] as const,
  );
  expect(Object.fromEntries(notes)).toMatchObject({ database: [], pdf: [told] });
  const restored = { action: 'update', section: 'personalInfo', data: { location: 'Here' } };
  expect((await call('POST', '/v1/cv/changes', restored)).body.warnings).toEqual([]);
});

test('add and delete say which items', async () => {
  const skill = { id: 'languages', category: 'Languages', skills: [{ name: 'TypeScript' }] };
  const added = await call('POST', '/v1/cv/changes', {
    action: 'add',
    section: 'skills',
    data: skill,
  });
  expect([added.status, added.body.ids]).toEqual([200, ['languages']]);
  const deleted = await call('POST', '/v1/cv/changes', {
    action: 'delete',
    section: 'skills',
    data: { id: 'languages' },
  });
  expect([deleted.status, deleted.body.ids]).toEqual([200, ['languages']]);
  expect(deleted.body.version).toBe((added.body.version as number) + 1);
});

test('a refused change leaves the CV, names the fields, and is in the history', async () => {
  const before = await call('GET', '/v1/cv');
  const refused = await call('POST', '/v1/cv/changes', { ...NAME, data: { nmae: 'Ada' } });
  expect([refused.status, refused.body.code]).toEqual([422, 'cv_change_refused']);
  expect(refused.body.issues.length).toBeGreaterThan(0);
  expect((await call('GET', '/v1/cv')).body).toEqual(before.body);
  const failed = await call('GET', '/v1/cv/changes?status=failed&limit=1');
  expect(failed.body.data).toMatchObject([{ error: { code: 'VALIDATION_FAILED' } }]);
  expect(refused.body.detail).toContain(failed.body.data[0].id);
});

test.each([
  [{ ...NAME, action: 'test', section: 'health' }],
  [{ ...NAME, action: 'replace' }],
  [{ ...NAME, section: 'hobbies' }],
])('the CV has not: %j', async (change) => {
  const { status, body } = await call('POST', '/v1/cv/changes', change);
  expect([status, body.code]).toEqual([422, 'cv_change_refused']);
});

test('data is required', async () => {
  const { status, body } = await call('POST', '/v1/cv/changes', {
    action: 'update',
    section: 'personalInfo',
  });
  expect([status, body.code]).toEqual([422, 'invalid_request']);
  expect(body.issues).toMatchObject([{ path: 'data' }]);
});

test('an unknown change is 404', async () => {
  expect((await call('GET', '/v1/cv/changes/absent')).status).toBe(404);
});

test("another system's key is told which key is needed; reading needs no scope manage", async () => {
  const other = { token: await careerHooks.key({ system: 'roleready' }) };
  for (const [method, path, body] of [
    ['GET', '/v1/cv'],
    ['GET', '/v1/cv/pdf'],
    ['GET', '/v1/cv/changes'],
    ['GET', '/v1/cv/changes/absent'],
    ['POST', '/v1/cv/changes', NAME],
  ] as const) {
    const answer = await call(method, path, body, other);
    expect([answer.status, answer.body.detail]).toEqual([
      403,
      expect.stringContaining('a key for the system cv'),
    ]);
  }
  const reader = { token: await careerHooks.key({ system: 'cv', scopes: ['publish'] }) };
  expect((await call('GET', '/v1/cv', undefined, reader)).status).toBe(200);
  expect((await call('POST', '/v1/cv/changes', NAME, reader)).status).toBe(403);
  expect((await call('GET', '/v1/cv', undefined, { token: careerHooks.token })).status).toBe(200);
});
