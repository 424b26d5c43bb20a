import { syncGitHub, SyncError } from '@careerhooks/cv';
import { createEgressClient } from '@careerhooks/egress';
import { startGitHub, type TestGitHub } from '../../support/github-server';

const TOKEN = 'github-token';
const egress = createEgressClient({ httpsOnly: false, publicOnly: false, allow: [] });
let github: TestGitHub;

beforeEach(async () => {
  github = await startGitHub(TOKEN);
});
afterEach(() => github.stop());
afterAll(() => egress.close());

const sync = (repositories: string[], more: { username?: string; token?: string } = {}) =>
  syncGitHub({
    username: 'octocat',
    repositories,
    baseUrl: `${github.url}/`,
    egress,
    now: () => github.now,
    ...more,
  });

async function failure(...args: Parameters<typeof sync>): Promise<SyncError> {
  const error: unknown = await sync(...args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SyncError) return error;
  throw new Error(`Not a SyncError: ${String(error)}`);
}

/** Answers the next request for `path` with this. */
function answerOnce(
  path: string,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  github.once(path, (_, response) => void response.writeHead(status, headers).end(body));
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

test('reads name, description, stars, languages, topics, last push and URL, in the order asked', async () => {
  const octocat = github.account('octocat');
  github.repository(octocat, 'just_cv', { fork: true });
  github.repository(octocat, 'portfolio3.0', { archived: true });
  github.repository(octocat, 'SlotMachine', { description: null });
  const section = (await sync(['SlotMachine', 'portfolio3.0', 'just_cv'], { token: TOKEN })).github;
  expect(section).toMatchObject({ username: 'octocat', profileUrl: `${github.url}/octocat` });
  expect(section.repositories.map(({ name }) => name)).toEqual([
    'SlotMachine',
    'portfolio3.0',
    'just_cv',
  ]);
  expect(section.repositories[0]).toEqual({
    name: 'SlotMachine',
    owner: 'octocat',
    description: null,
    stars: 7,
    languages: ['TypeScript', 'CSS'],
    topics: ['cv'],
    pushedAt: '2024-01-02T03:04:05Z',
    url: `${github.url}/octocat/SlotMachine`,
    archived: false,
    fork: false,
  });
  expect(section.repositories.map(({ archived, fork }) => [archived, fork])).toEqual([
    [false, false],
    [true, false],
    [false, true],
  ]);
  expect(github.authorizations).toEqual(new Set([`token ${TOKEN}`]));
  expect(github.log).toHaveLength(6);
});

describe('names', () => {
  test('old and new name of a repository, and two spellings, are one, by its newest name', async () => {
    const octocat = github.account('Octocat');
    github.rename(github.repository(octocat, 'old-name'), 'New-Name');
    const { github: section } = await sync(['old-name', 'new-name', 'NEW-NAME', 'Old-Name']);
    expect(section.username).toBe('Octocat');
    expect(section.repositories.map(({ name }) => name)).toEqual(['New-Name']);
  });

  test('an account that was renamed has its new login', async () => {
    const account = github.account('octocat');
    const organisation = github.account('octo-org', 'Organization');
    ['a', 'b'].forEach((name) => github.repository(account, name));
    github.move(github.repository(account, 'moved-before'), organisation);
    github.renameAccount(account, 'monalisa');
    const { github: section } = await sync(['moved-before', 'a', 'b']);
    expect(section).toMatchObject({
      username: 'monalisa',
      profileUrl: `${github.url}/monalisa`,
      repositories: [
        { owner: 'octo-org', url: `${github.url}/octo-org/moved-before` },
        { owner: 'monalisa', url: `${github.url}/monalisa/a` },
        { owner: 'monalisa', url: `${github.url}/monalisa/b` },
      ],
    });
  });

  test('an account whose repositories were all moved stays who it is', async () => {
    const organisation = github.account('octo-org', 'Organization');
    github.move(github.repository(github.account('octocat'), 'a'), organisation);
    expect((await sync(['a'])).github).toMatchObject({
      username: 'octocat',
      profileUrl: `${github.url}/octocat`,
      repositories: [{ name: 'a', owner: 'octo-org' }],
    });
  });

  test('every repository that is not there is named', async () => {
    github.repository(github.account('octocat'), 'just_cv');
    expect(await failure(['missing', 'just_cv', 'gone'])).toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
      final: true,
      message: 'GitHub has no octocat/missing, octocat/gone.',
    });
  });
});

describe('what GitHub does not show', () => {
  const blocked = (status: number) => ({
    status,
    body: { message: 'Repository access blocked', block: { reason: 'tos' } },
  });
  const guarded = {
    status: 403,
    headers: { 'x-github-sso': 'required; url=https://github.com/orgs/octo-org/sso?request=AB12' },
    body: {
      message:
        'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    },
  };

  test('is left out in its words, and the others are read', async () => {
    const octocat = github.account('octocat');
    github.repository(octocat, 'taken-down', { refusal: blocked(451) });
    github.repository(octocat, 'blocked', { refusal: blocked(403) });
    github.repository(octocat, 'guarded', { refusal: guarded });
    github.repository(octocat, 'open');
    const { github: section, leftOut } = await sync(['taken-down', 'blocked', 'open', 'guarded']);
    expect(section.repositories.map(({ name }) => name)).toEqual(['open']);
    expect(leftOut).toEqual([
      'octocat/taken-down: Repository access blocked (tos)',
      'octocat/blocked: Repository access blocked (tos)',
      `octocat/guarded: ${guarded.body.message}`,
    ]);
  });

  test.each([
    ['blocked', blocked(451), 'REPOSITORY_BLOCKED', 'octocat/a: Repository access blocked (tos)'],
    ['guarded', guarded, 'GITHUB_TOKEN_REFUSED', 'SAML enforcement'],
  ])('where all is %s the sync fails, and says so', async (_, refusal, code, words) => {
    github.repository(github.account('octocat'), 'a', { refusal });
    const error = await failure(['a']);
    expect(error).toMatchObject({ code, final: true });
    expect(error.message).toContain(words);
  });

  test('a token that GitHub refuses', async () => {
    github.repository(github.account('octocat'), 'a');
    expect((await failure(['a'], { token: 'wrong' })).code).toBe('GITHUB_TOKEN_REFUSED');
  });
});

describe('limits', () => {
  const SECONDARY = '{"message": "You have exceeded a secondary rate limit. Please wait."}';
  const PAGE = '<p>You have triggered an abuse detection mechanism.<br></p>';

  test.each([
    ['retry-after', 403, { 'retry-after': '120' }, '{}', 120_000],
    ['retry-after', 429, { 'retry-after': '5' }, '{}', 5_000],
    ['no word of the time', 429, {}, '{}', 60_000],
    ['its message alone', 403, JSON_TYPE, SECONDARY, 60_000],
    ['requests of the hour left', 403, { ...JSON_TYPE, ...left(12) }, SECONDARY, 60_000],
    ['a page', 403, { 'content-type': 'text/html; charset=utf-8' }, PAGE, 60_000],
    ['a reset that is over', 403, { ...JSON_TYPE, ...left(0, -5) }, SECONDARY, 60_000],
  ])('a limit with %s (%i) tells when to come back', async (_, status, headers, body, waitMs) => {
    answerOnce('/a', status, headers, body);
    const error = await failure(['a']);
    expect(error).toMatchObject({ code: 'GITHUB_RATE_LIMITED', final: false });
    expect(error.retryAt! - github.now).toBe(waitMs);
  });

  test("a used-up hour's limit ends at x-ratelimit-reset", async () => {
    github.repository(github.account('octocat'), 'a');
    github.limits.anonymous = 1;
    expect((await failure(['a'])).retryAt! - github.now).toBe(60 * 60_000);
  });

  function left(remaining: number, resetInSeconds = 1_800): Record<string, string> {
    const now = Date.parse('2026-01-15T12:00:00Z') / 1_000;
    return {
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(now + resetInSeconds),
    };
  }
});

/** What @octokit/rest resolves with, or takes for something else, and what is no success. */
describe('an answer that is not the API’s', () => {
  const PAGE = '<!doctype html><title>Log in to the network</title>';
  const HTML = { 'content-type': 'text/html; charset=utf-8' };

  beforeEach(() => {
    github.repository(github.account('octocat'), 'a');
  });

  test.each([
    ['a page at 200', '/a', 200, HTML, PAGE],
    ['a page at 404', '/a', 404, HTML, PAGE],
    ['a page at 403', '/a', 403, HTML, PAGE],
    ['a page that calls itself JSON', '/a', 200, JSON_TYPE, PAGE],
    ['nothing at 200', '/a', 200, JSON_TYPE, ''],
    ['204', '/a', 204, {}, ''],
    ['304 that nobody asked for', '/a', 304, {}, ''],
    ['no content type', '/a', 200, {}, '{}'],
    ['another JSON', '/a', 200, JSON_TYPE, '{"message": "Moved Permanently"}'],
    ['a repository in place of languages', '/languages', 200, JSON_TYPE, '{"name": "a"}'],
    ['a link that is none', '/a', 200, JSON_TYPE, repositoryWith({ html_url: 'javascript:1' })],
    ['a content type that cannot be read', '/a', 200, { 'content-type': ';;' }, '{}'],
    ['a redirect to nowhere', '/a', 301, JSON_TYPE, '{"message": "Moved Permanently"}'],
    ['500', '/a', 500, JSON_TYPE, '{}'],
    ['502', '/a', 502, HTML, PAGE],
  ])('%s is tried again', async (_, path, status, headers, body) => {
    answerOnce(path, status, headers, body);
    expect(await failure(['a'])).toMatchObject({ code: 'GITHUB_UNAVAILABLE', final: false });
    expect((await sync(['a'])).github.repositories).toHaveLength(1);
  });

  test.each(['/a', '/languages'])('a body of %s that breaks off is tried again', async (path) => {
    github.once(path, (_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '500' });
      response.write('{"name": "a",');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failure(['a'])).code).toBe('GITHUB_UNAVAILABLE');
  });

  test('a list that breaks off is tried again, and no repository of it is lost', async () => {
    const octocat = github.account('many');
    const names = Array.from({ length: 12 }, (_, index) => `r${index}`);
    names.forEach((name) => github.repository(octocat, name));
    github.once('/users/many/repos', (_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '900' }).write('[{"name": "r0"');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failure(names, { username: 'many' })).code).toBe('GITHUB_UNAVAILABLE');
    expect((await sync(names, { username: 'many' })).github.repositories).toHaveLength(12);
  });

  test('a redirect to another origin is not followed, and the token stays', async () => {
    const elsewhere = await startGitHub(TOKEN);
    elsewhere.repository(elsewhere.account('octocat'), 'a');
    answerOnce('/a', 301, { ...JSON_TYPE, location: `${elsewhere.url}/repos/octocat/a` }, '{}');
    const error = await failure(['a'], { token: TOKEN });
    expect(error).toMatchObject({ code: 'GITHUB_UNAVAILABLE', final: false });
    expect(error.message).toContain(
      `It redirects (301) to ${elsewhere.url}, which is not followed: see GITHUB_API_URL.`,
    );
    expect(elsewhere.log).toEqual([]);
    elsewhere.stop();
  });

  function repositoryWith(more: Record<string, unknown>): string {
    return JSON.stringify({ name: 'a', stargazers_count: 1, ...more });
  }
});

test('a GitHub that cannot be reached, or that the guard refuses, is unavailable', async () => {
  const down = syncGitHub({
    username: 'a',
    repositories: ['b'],
    baseUrl: 'http://127.0.0.1:9',
    egress,
  });
  await expect(down).rejects.toMatchObject({
    code: 'GITHUB_UNAVAILABLE',
    message: expect.stringContaining('refused'),
  });
  const strict = createEgressClient({ httpsOnly: true, publicOnly: true, allow: [] });
  const refused = syncGitHub({
    username: 'a',
    repositories: ['b'],
    baseUrl: 'https://127.0.0.1:9',
    egress: strict,
  });
  await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('not public') });
  await strict.close();
});
