import type { GitHubRequest, GitHubSection, Repository } from '../sections/github';
import { type AccountAnswer, byUse, type RepositoryAnswer, shapes } from './answers';
import { type Ask, createAsk, type GitHubAccess, type Reply } from './ask-github';
import { listRepositories } from './list-repositories';
import { SyncError } from './sync-error';

/** What a sync brings. */
export interface SyncedGitHub {
  github: GitHubSection;
  /** Repositories that are blocked or guarded, each with GitHub's words. */
  leftOut: string[];
}

/** GitHub counts the languages of a push some time after it. */
const LANGUAGES_SETTLE_MS = 60 * 60_000;

interface Read {
  repositories: { answer: RepositoryAnswer; languages: string[] }[];
  missing: string[];
  refused: { name: string; blocked: boolean; words: string }[];
}

/**
 * Reads repositories from GitHub's REST API: all of them, but for those that GitHub does not show to
 * this token. A repository that was renamed has its new name, an account its new login. Requests are
 * made one after the other, as GitHub asks for; what is read is kept in `answers`, from where another
 * try goes on.
 *
 * @throws {SyncError} `REPOSITORY_NOT_FOUND` names every repository that is not there (or that the
 *   token may not see); `REPOSITORY_BLOCKED` and `GITHUB_TOKEN_REFUSED` where none is left;
 *   `GITHUB_RATE_LIMITED` has `retryAt`; `GITHUB_UNAVAILABLE`, where another try may succeed.
 */
export async function syncGitHub(request: GitHubRequest & GitHubAccess): Promise<SyncedGitHub> {
  const { username } = request;
  const ask = createAsk(request);
  const read = await readAll(ask, request);
  if (read.missing.length > 0) {
    const names = read.missing.map((name) => `${username}/${name}`).join(', ');
    throw new SyncError('REPOSITORY_NOT_FOUND', `GitHub has no ${names}.`);
  }
  const leftOut = read.refused.map(({ name, words }) => `${username}/${name}: ${words}`);
  if (read.repositories.length === 0) throw nothingLeft(read.refused, leftOut);
  const account = await readAccount(
    ask,
    username,
    read.repositories.flatMap(({ answer }) => answer.owner ?? []),
  );
  return {
    github: {
      username: account.login,
      ...(account.html_url !== undefined && { profileUrl: account.html_url }),
      repositories: read.repositories.map(toRepository),
    },
    leftOut,
  };
}

async function readAll(
  ask: Ask,
  { username, repositories, token }: GitHubRequest & GitHubAccess,
): Promise<Read> {
  const read: Read = { repositories: [], missing: [], refused: [] };
  const names = distinct(repositories);
  const listed = await listRepositories(ask, username, names);
  const seen = new Set<string>();
  for (const name of names) {
    const listing = listed.get(name.toLowerCase());
    const reply: Reply<RepositoryAnswer> = listing
      ? { status: 'found', data: listing }
      : await ask('GET /repos/{owner}/{repo}', { owner: username, repo: name }, shapes.repository);
    // Its old and its new name may both have been asked for.
    if (reply.status === 'found' && seen.has(identityOf(reply.data))) continue;
    const languages = reply.status === 'found' ? await readLanguages(reply.data) : reply;
    if (reply.status === 'found' && languages.status === 'found') {
      seen.add(identityOf(reply.data));
      read.repositories.push({ answer: reply.data, languages: languages.data });
    } else if (languages.status === 'refused') read.refused.push({ name, ...languages });
    else read.missing.push(name);
  }
  return read;

  async function readLanguages(repository: RepositoryAnswer): Promise<Reply<string[]>> {
    const owner = repository.owner?.login ?? username;
    const pushedAt = Date.parse(repository.pushed_at ?? '');
    const reply = await ask(
      'GET /repos/{owner}/{repo}/languages',
      { owner, repo: repository.name },
      shapes.languages,
      // With a token GitHub does not count that nothing has changed; without one it does.
      ({ readAt }) => token === undefined && readAt >= pushedAt + LANGUAGES_SETTLE_MS,
    );
    if (reply.status !== 'found') return reply;
    return { status: 'found', data: byUse(reply.data).map(([language]) => language) };
  }
}

/**
 * Whose repositories these are. Once an account is renamed, GitHub sends the repositories' old names
 * on, and knows nobody by the old login.
 */
async function readAccount(
  ask: Ask,
  username: string,
  owners: AccountAnswer[],
): Promise<{ login: string; html_url?: string }> {
  const own = owners.find(({ login }) => login.toLowerCase() === username.toLowerCase());
  const [first] = owners;
  if (own !== undefined || first === undefined) return own ?? { login: username };
  const reply = await ask('GET /users/{username}', { username }, shapes.account);
  if (reply.status === 'found') return reply.data;
  if (reply.status === 'refused') return { login: username };
  const count = (owner: AccountAnswer): number =>
    owners.filter(({ login }) => login === owner.login).length;
  return owners.reduce((most, owner) => (count(owner) > count(most) ? owner : most), first);
}

function toRepository({ answer, languages }: Read['repositories'][number]): Repository {
  return {
    name: answer.name,
    ...(answer.owner && { owner: answer.owner.login }),
    description: answer.description ?? null,
    stars: answer.stargazers_count,
    languages,
    topics: answer.topics ?? [],
    pushedAt: answer.pushed_at ?? null,
    url: answer.html_url,
    ...(answer.archived !== undefined && { archived: answer.archived }),
    ...(answer.fork !== undefined && { fork: answer.fork }),
  };
}

function nothingLeft(refused: Read['refused'], leftOut: string[]): SyncError {
  const words = leftOut.join('; ').slice(0, 800);
  return refused.some(({ blocked }) => blocked)
    ? new SyncError('REPOSITORY_BLOCKED', `GitHub shows none of them. ${words}`)
    : new SyncError('GITHUB_TOKEN_REFUSED', `GitHub answered 403: see GITHUB_TOKEN. ${words}`);
}

function identityOf({ id, html_url }: RepositoryAnswer): string {
  return id === undefined ? html_url.toLowerCase() : String(id);
}

/** Names without those that differ in case only. */
function distinct(names: readonly string[]): string[] {
  const folded = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => folded.indexOf(folded[index] ?? '') === index);
}
