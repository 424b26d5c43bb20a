import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { syncGitHub, SyncError } from '@careerhooks/cv';
import { createEgressClient } from '@careerhooks/egress';

const egress = createEgressClient({ httpsOnly: false, publicOnly: false, allow: [] });
let server: Server | undefined;
let requests: { url: string; authorization: string | undefined }[] = [];

afterEach(() => {
  requests = [];
  server?.close();
  server?.closeAllConnections();
});
afterAll(() => egress.close());

/** Answers as GitHub's REST API does, with the fields that a sync reads. */
const github: RequestListener = (request, response) => {
  const [, , , name = '', part] = (request.url ?? '').split('/');
  const answer = (status: number, body: unknown, headers = {}): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body));
  if (name === 'missing' || name === 'gone') {
    answer(404, { message: 'Not Found' });
    return;
  }
  if (name === 'renamed') {
    answer(301, { message: 'Moved Permanently' }, { location: '/repos/octocat/new-name' });
    return;
  }
  if (part === 'languages') {
    answer(200, { CSS: 10, TypeScript: 900 });
    return;
  }
  answer(200, {
    name,
    description: null,
    stargazers_count: 7,
    topics: ['cv'],
    pushed_at: '2024-01-02T03:04:05Z',
    html_url: `https://github.com/octocat/${name}`,
  });
};

async function sync(repositories: string[], listener: RequestListener = github, token?: string) {
  const listening = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    listener(request, response);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/`;
  return syncGitHub({ username: 'octocat', repositories, baseUrl, token, egress });
}

async function failure(...args: Parameters<typeof sync>): Promise<SyncError> {
  const error: unknown = await sync(...args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SyncError) return error;
  throw new Error(`Not a SyncError: ${String(error)}`);
}

test('reads name, description, stars, languages, topics, last push and URL, in the order asked', async () => {
  const section = await sync(['SlotMachine', 'portfolio3.0', 'just_cv'], github, 'github-token');
  expect(section.repositories.map(({ name }) => name)).toEqual([
    'SlotMachine',
    'portfolio3.0',
    'just_cv',
  ]);
  expect(section.repositories[0]).toEqual({
    name: 'SlotMachine',
    description: null,
    stars: 7,
    languages: ['TypeScript', 'CSS'],
    topics: ['cv'],
    pushedAt: '2024-01-02T03:04:05Z',
    url: 'https://github.com/octocat/SlotMachine',
  });
  expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
    new Set(['token github-token']),
  );
  expect(requests).toHaveLength(6);
});

test('follows a renamed repository within GitHub', async () => {
  expect((await sync(['renamed'])).repositories[0]?.name).toBe('new-name');
});

test('names every repository that is not there', async () => {
  expect(await failure(['missing', 'just_cv', 'gone'])).toMatchObject({
    code: 'REPOSITORY_NOT_FOUND',
    final: true,
    message: 'GitHub has no octocat/missing, octocat/gone.',
  });
});

test.each([
  ['retry-after', 403, { 'retry-after': '120' }, 120_000],
  ['retry-after', 429, { 'retry-after': '5' }, 5_000],
  ['no word of the time', 429, {}, 60_000],
])('a limit with %s (%i) tells when to come back', async (_, status, headers, waitMs) => {
  const error = await failure(
    ['a'],
    (_request, response) => void response.writeHead(status, headers).end('{}'),
  );
  expect(error).toMatchObject({ code: 'GITHUB_RATE_LIMITED', final: false });
  expect(Math.abs(error.retryAt! - Date.now() - waitMs)).toBeLessThan(3_000);
});

test('a used-up hourly limit ends at x-ratelimit-reset', async () => {
  const reset = Math.floor(Date.now() / 1000) + 1_800;
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
  const error = await failure(
    ['a'],
    (_request, response) => void response.writeHead(403, headers).end('{}'),
  );
  expect(error.retryAt).toBe(reset * 1_000);
});

test.each([
  [401, 'GITHUB_TOKEN_REFUSED'],
  [403, 'GITHUB_TOKEN_REFUSED'],
  [500, 'GITHUB_UNAVAILABLE'],
  [502, 'GITHUB_UNAVAILABLE'],
])('an answer of %i is %s', async (status, code) => {
  expect(
    (await failure(['a'], (_, response) => void response.writeHead(status).end('{}'))).code,
  ).toBe(code);
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
