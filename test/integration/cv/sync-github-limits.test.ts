import { type SyncedGitHub, syncGitHub, SyncError } from '@careerhooks/cv';
import { createEgressClient } from '@careerhooks/egress';
import { findGitHubAnswer, keepGitHubAnswer, type Store } from '@careerhooks/store';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { startGitHub, type TestGitHub, type TestRepository } from '../../support/github-server';

const MINUTE = 60_000;
const TOKEN = 'github_pat_of-the-operator';
const egress = createEgressClient({ httpsOnly: false, publicOnly: false, allow: [] });

let database: TestDatabase;
let store: Store;
let github: TestGitHub;

beforeEach(async () => {
  database = await createDatabase('sqlite');
  store = await database.open();
  github = await startGitHub(TOKEN);
});
afterEach(async () => {
  github.stop();
  await database.drop();
});
afterAll(() => egress.close());

interface Run {
  synced: SyncedGitHub;
  /** The code of each try that failed. */
  failed: string[];
  /** Simulated milliseconds that were waited. */
  tookMs: number;
  /** Those that GitHub answered with more than that nothing has changed. */
  answered: string[];
  asked: string[];
}

/** Tries until it has all, waiting as the workflow does: to `retryAt`, else a second. */
async function run(
  repositories: string[],
  token?: string,
  between: (tries: number) => void = () => undefined,
): Promise<Run> {
  const since = github.now;
  const before = github.log.length;
  const scope = token ?? '';
  const failed: string[] = [];
  for (let attempt = 1; attempt < 20; attempt += 1) {
    try {
      const synced = await syncGitHub({
        username: 'octocat',
        repositories,
        baseUrl: github.url,
        token,
        egress,
        since,
        attempt,
        now: () => github.now,
        answers: {
          find: (url) => findGitHubAnswer(store, scope, url),
          keep: (url, answer) => keepGitHubAnswer(store, scope, url, answer),
        },
      });
      const asked = github.log.slice(before);
      const answered = asked.filter((line) => !line.endsWith(' 304'));
      return { synced, failed, tookMs: github.now - since, asked, answered };
    } catch (error) {
      if (!(error instanceof SyncError) || error.final) throw error;
      failed.push(error.code);
      github.now = Math.max(github.now + 1_000, error.retryAt ?? 0);
      between(attempt);
    }
  }
  throw new Error(`It did not end: ${failed.join(', ')}`);
}

function sixty(): TestRepository[] {
  const octocat = github.account('octocat');
  return Array.from({ length: 60 }, (_, index) =>
    github.repository(octocat, `project-${String(index + 1).padStart(2, '0')}`),
  );
}

const dmca = {
  status: 451,
  body: {
    message: 'Repository access blocked',
    block: { reason: 'dmca', html_url: 'https://github.com/github/dmca/x.md' },
  },
};

const namesOf = ({ synced }: Run) => synced.github.repositories.map(({ name }) => name);

test('sixty repositories without a token, with a rename, a block, a move and a secondary limit in between', async () => {
  const all = sixty();
  const names = all.map(({ name }) => name);
  github.rename(all[4]!, 'renamed-before');
  all[9]!.refusal = dmca;
  github.move(all[19]!, github.account('octo-org', 'Organization'));
  github.untilSecondary = 40;
  const first = await run(names, undefined, (tries) => {
    // While it waits, one is blocked that it is still to read.
    if (tries === 1) all[58]!.refusal = dmca;
  });
  expect(namesOf(first)).toEqual(
    names
      .with(4, 'renamed-before')
      .filter((name) => name !== 'project-10' && name !== 'project-59'),
  );
  const words = 'Repository access blocked (dmca, https://github.com/github/dmca/x.md)';
  expect(first.synced.leftOut).toEqual([
    `octocat/project-10: ${words}`,
    `octocat/project-59: ${words}`,
  ]);
  expect(first.synced.github).toMatchObject({
    username: 'octocat',
    profileUrl: `${github.url}/octocat`,
  });
  expect(first.synced.github.repositories.find(({ owner }) => owner === 'octo-org')?.url).toBe(
    `${github.url}/octo-org/project-20`,
  );
  // The secondary limit, then the hour's.
  expect(first.failed).toEqual(['GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED']);
  expect(first.tookMs).toBeLessThanOrEqual(60 * MINUTE);
  // Nothing was read twice.
  const read = first.asked.filter((line) => line.endsWith(' 200'));
  expect(new Set(read).size).toBe(read.length);
});

test('up to 58 repositories end within the first hour without a token', async () => {
  const names = sixty()
    .slice(0, 58)
    .map(({ name }) => name);
  const { failed, asked } = await run(names);
  expect(failed).toEqual([]);
  expect(asked).toHaveLength(59);
});

test('of a long list no more pages are read than spare requests', async () => {
  const octocat = github.account('octocat');
  const all = Array.from({ length: 250 }, (_, index) => `p${String(index).padStart(3, '0')}`);
  for (const name of all) github.repository(octocat, name);
  // Fifteen of the first hundred, one of the last.
  const wanted = [...all.slice(0, 15), 'p249'];
  const { asked, synced } = await run(wanted);
  expect(synced.github.repositories.map(({ name }) => name)).toEqual(wanted);
  expect(asked.filter((line) => line.includes('/users/'))).toHaveLength(1);
  expect(asked).toHaveLength(1 + 1 + 16);
  const spread = all.filter((_, index) => index % 12 === 0);
  const second = await run(spread, TOKEN);
  expect(second.synced.github.repositories.map(({ name }) => name)).toEqual(spread);
  expect(second.asked.filter((line) => line.includes('/users/'))).toHaveLength(2);
});

test('what a list has without all that is needed is asked for by name', async () => {
  const names = sixty()
    .slice(0, 12)
    .map(({ name }) => name);
  const bare = names.map((name) => ({ name, html_url: `${github.url}/octocat/${name}` }));
  github.once('/users/octocat/repos', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(bare));
  });
  const { synced, failed } = await run(names);
  expect(failed).toEqual([]);
  expect(synced.github.repositories.every(({ stars }) => stars === 7)).toBe(true);
});

test('fifty that no list has end within the hour after the first limit, by their newest names', async () => {
  const all = sixty().slice(0, 50);
  const names = all.map(({ name }) => name);
  // The list has public ones only; a token may read the others.
  for (const repository of all) repository.private = true;
  github.limits.token = 60;
  const { failed, tookMs, synced } = await run(names, TOKEN, () =>
    github.rename(all[49]!, 'renamed-meanwhile'),
  );
  expect(failed).toEqual(['GITHUB_RATE_LIMITED']);
  expect(tookMs).toBe(60 * MINUTE);
  expect(synced.github.repositories.map(({ name }) => name)).toEqual(
    names.with(49, 'renamed-meanwhile'),
  );
});

test('a second sync with a token costs nothing, and brings what has changed', async () => {
  const all = sixty();
  all[0]!.private = true;
  const names = all.map(({ name }) => name);
  const first = await run(names, TOKEN);
  expect(namesOf(first)).toEqual(names);
  github.now += 60 * MINUTE;
  const second = await run(names, TOKEN);
  expect(second.answered).toEqual([]);
  expect(second.synced).toEqual(first.synced);
  all[7]!.stars = 99;
  all[8]!.languages = { Rust: 5 };
  github.now += MINUTE;
  const third = await run(names, TOKEN);
  expect(third.synced.github.repositories[7]?.stars).toBe(99);
  expect(third.synced.github.repositories[8]?.languages).toEqual(['Rust']);
  // The list, which has the stars, and those languages.
  expect(third.answered).toHaveLength(2);
});

test('a second sync without a token asks for the list alone, and for the languages of what was pushed', async () => {
  const all = sixty();
  const names = all.map(({ name }) => name);
  await run(names);
  github.now += 2 * 60 * MINUTE;
  const second = await run(names);
  expect(second.asked).toHaveLength(1);
  all[3]!.pushedAt = new Date(github.now).toISOString();
  all[3]!.languages = { Go: 1 };
  github.now += MINUTE;
  const third = await run(names);
  expect(third.asked).toHaveLength(2);
  expect(third.synced.github.repositories[3]?.languages).toEqual(['Go']);
});

test('more that is missing than the hour allows is named in the end', async () => {
  github.account('octocat');
  github.limits.anonymous = 15;
  const names = Array.from({ length: 40 }, (_, index) => `missing-${index}`);
  await expect(run(names)).rejects.toMatchObject({
    code: 'REPOSITORY_NOT_FOUND',
    message: expect.stringMatching(/missing-0, .*missing-39\.$/),
  });
});

test('what one token has read is not for another', async () => {
  const [hidden] = sixty();
  hidden!.private = true;
  await run([hidden!.name], TOKEN);
  await expect(run([hidden!.name])).rejects.toMatchObject({ code: 'REPOSITORY_NOT_FOUND' });
});

test('a secondary limit is waited for longer each time', async () => {
  const [one] = sixty();
  const waits: number[] = [];
  let last = github.now;
  github.untilSecondary = 0;
  await run([one!.name], undefined, (tries) => {
    waits.push(github.now - last);
    last = github.now;
    if (tries < 4) github.untilSecondary = 0;
  });
  expect(waits).toEqual([1, 2, 4, 8].map((minutes) => minutes * MINUTE));
});
