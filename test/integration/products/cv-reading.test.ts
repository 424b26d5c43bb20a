import { cv } from '../../../server/src/products/cv';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let key: string;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  key = await careerHooks.key({ system: 'cv' });
});
afterAll(() => careerHooks.stop());

const call = (method: string, path: string, body?: unknown) =>
  careerHooks.call(method, path, body, { token: key });

/** Ids that calls need: a change that the CV refused, and a backup. */
async function makeHistory(): Promise<{ change: string; backup: string }> {
  const wrong = { action: 'update', section: 'personalInfo', data: { name: 3 } };
  await call('POST', '/v1/cv/changes', wrong);
  await call('PUT', '/api/cv/resume.json', { basics: { name: 'Alex Example' } });
  const failed = await call('GET', '/api/webhook/cv/history?status=failed');
  const backups = await call('GET', '/api/cv/backups');
  await waitUntil(
    () => call('GET', '/v1/cv/pdf'),
    ({ status }) => status === 200,
  );
  return { change: failed.body.data[0].id, backup: backups.body.data[0].id };
}

test('every call of the CV Website’s own API answers as its operation says, at both paths', async () => {
  const ids = await makeHistory();
  for (const root of ['', '/cv']) {
    for (const { id, method, path, responses, bodyExamples } of cv.operations) {
      // Replaying what the CV refuses is refused again, in words: it has no other answer.
      if (id === 'cvReplayChange') continue;
      const of = path.includes('/history/') ? ids.change : ids.backup;
      const [body] = Object.values(bodyExamples ?? {});
      const url = root + path.replace('{id}', of);
      const answer = await call(method.toUpperCase(), url, body);
      const { schema, type = 'application/json' } = responses['200']!;
      expect([id, answer.status, answer.headers.get('content-type')]).toEqual([
        id,
        200,
        expect.stringContaining(type),
      ]);
      // What is not described would be missing from what is read.
      if (type.includes('json'))
        expect([id, schema?.parse(answer.body)]).toEqual([id, answer.body]);
    }
  }
});

test('nothing of a body is read, nor of a query judged, before it is known who sends it', async () => {
  const publisher = await careerHooks.key({ system: 'cv', scopes: ['publish'] });
  const other = await careerHooks.key({ system: 'roleready' });
  for (const token of [publisher, other, 'nobody']) {
    const answer = await fetch(`${careerHooks.url}/api/cv/resume.json?dry_run=maybe`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: 'no JSON',
    });
    expect([token, answer.status]).toEqual([token, 401]);
  }
});
