import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startGitHub, type TestGitHub } from '../../support/github-server';
import { waitUntil } from '../../support/wait-until';

const TOKEN = 'github_pat_of-the-operator-0123456789';

let github: TestGitHub;
let careerHooks: TestCareerHooks;

beforeAll(async () => {
  github = await startGitHub(TOKEN);
  // An hour of GitHub's is two seconds here.
  github.windowMs = 2_000;
  github.limits.token = 7;
  careerHooks = await startTestCareerHooks({ GITHUB_API_URL: github.url, GITHUB_TOKEN: TOKEN });
}, 120_000);
afterAll(async () => {
  await careerHooks.stop();
  github.stop();
});

async function sync(repositories: string[]) {
  const ticking = setInterval(() => (github.now = Date.now()), 20);
  github.now = Date.now();
  github.log.length = 0;
  const change = { action: 'sync', section: 'github', data: { username: 'octocat', repositories } };
  const { body } = await careerHooks.call('POST', '/v1/cv/changes', change);
  const { body: done } = await waitUntil(
    () => careerHooks.call('GET', `/v1/cv/changes/${body.id}`),
    (answer) => answer.body.status !== 'processing',
    60_000,
  );
  clearInterval(ticking);
  return done;
}

test('a sync that meets the limit goes on where it was, and the next asks for what has changed', async () => {
  const octocat = github.account('octocat');
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => github.repository(octocat, name));
  const names = all.map(({ name }) => name);
  const first = await sync(names);
  expect(first.status).toBe('completed');
  const step = first.steps.find((made: { step: string }) => made.step === 'github');
  expect(step).toMatchObject({ status: 'completed', tries: 2 });
  // Each was read once: five repositories, and their languages.
  const read = github.log.filter((line) => line.endsWith(' 200'));
  expect([read.length, new Set(read).size]).toEqual([10, 10]);

  all[2]!.stars = 12;
  const second = await sync(names);
  expect(second.steps[1]).toMatchObject({ step: 'github', status: 'completed', tries: 1 });
  expect(github.log.filter((line) => !line.endsWith(' 304'))).toEqual(['GET /repos/octocat/c 200']);
  const { body } = await careerHooks.call('GET', '/v1/cv');
  expect(body.cv.github).toMatchObject({
    username: 'octocat',
    profileUrl: `${github.url}/octocat`,
  });
  expect(body.cv.github.repositories.map(({ stars }: { stars: number }) => stars)).toEqual([
    7, 7, 12, 7, 7,
  ]);

  for (const name of await readdir(careerHooks.dataDir)) {
    if (!name.startsWith('careerhooks.db')) continue;
    const content = await readFile(join(careerHooks.dataDir, name));
    expect([name, content.includes(TOKEN)]).toEqual([name, false]);
  }
}, 120_000);

test('a sync after which nothing could be read leaves the section as it was', async () => {
  const before = await careerHooks.call('GET', '/v1/cv');
  github.repository({ id: 1, login: 'octocat', type: 'User' }, 'blocked', {
    refusal: { status: 451, body: { message: 'Repository access blocked' } },
  });
  expect(await sync(['blocked'])).toMatchObject({
    status: 'failed',
    error: { code: 'REPOSITORY_BLOCKED' },
  });
  const after = await careerHooks.call('GET', '/v1/cv');
  expect(after.body.cv).toEqual(before.body.cv);
});
