import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A user or organisation. */
interface TestAccount {
  id: number;
  login: string;
  type: 'User' | 'Organization';
}

export interface TestRepository {
  id: number;
  owner: TestAccount;
  name: string;
  description: string | null;
  stars: number;
  languages: Record<string, number>;
  pushedAt: string;
  private: boolean;
  archived: boolean;
  fork: boolean;
  /** What GitHub answers in place of it, to every request about it. */
  refusal?: { status: number; headers?: Record<string, string>; body: unknown };
}

export interface TestGitHub {
  url: string;
  /** Unix milliseconds; tests move it. */
  now: number;
  /** Requests in an hour from an address, and with a token. */
  limits: { anonymous: number; token: number };
  /** Milliseconds that a limit lasts: GitHub's hour, unless a test cannot wait. */
  windowMs: number;
  /** How many requests may still come before the secondary limit, which says nothing of the time. */
  untilSecondary: number;
  /** What came: `GET /repos/a/b 200`. Those at a limit are among them. */
  log: string[];
  /** Authorization headers that came. */
  authorizations: Set<string | undefined>;
  account(login: string, type?: TestAccount['type']): TestAccount;
  repository(owner: TestAccount, name: string, more?: Partial<TestRepository>): TestRepository;
  /** The old name leads to the repository from now on. */
  rename(repository: TestRepository, name: string): void;
  move(repository: TestRepository, owner: TestAccount): void;
  /** Nobody has the old login from now on; old names of its repositories lead to them. */
  renameAccount(account: TestAccount, login: string): void;
  /** Answers the next request whose path ends with `path` in another way, once. */
  once(path: string, answer: (request: IncomingMessage, response: ServerResponse) => void): void;
  stop(): void;
}

/** Of `docs.github.com`: what is said at the limits. */
const PRIMARY =
  "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)";
const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';
const SECONDARY_MS = 60_000;

/**
 * GitHub's REST API on loopback, as far as a sync goes, with its limits by a clock that the test
 * moves: 60 requests an hour from an address without a token, 5,000 with one; a 304 is free with a
 * token only; old names are sent on to `/repositories/{id}`.
 */
export async function startGitHub(token?: string): Promise<TestGitHub> {
  const accounts: TestAccount[] = [];
  const repositories: TestRepository[] = [];
  const formerNames = new Map<string, TestRepository>();
  const windows = new Map<string, { used: number; endsAt: number }>();
  const odd: { path: string; answer: Parameters<TestGitHub['once']>[1] }[] = [];
  let secondaryUntil = 0;
  let ids = 1_000;

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.on('finish', () =>
      github.log.push(`${request.method} ${request.url} ${response.statusCode}`),
    );
    github.authorizations.add(request.headers.authorization);
    const index = odd.findIndex(({ path }) => pathname.endsWith(path));
    const [other] = index < 0 ? [] : odd.splice(index, 1);
    if (other !== undefined) other.answer(request, response);
    else answer(request, response, pathname, searchParams);
  });

  function answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): void {
    const { authorization } = request.headers;
    const say = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(status === 304 ? undefined : JSON.stringify(body));
    };
    if (authorization !== undefined && authorization !== `token ${token}`) {
      say(401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' });
      return;
    }
    github.untilSecondary -= 1;
    if (github.untilSecondary === -1) secondaryUntil = github.now + SECONDARY_MS;
    if (github.now < secondaryUntil) {
      say(403, { message: SECONDARY });
      return;
    }
    const window = windowOf(authorization ?? request.socket.remoteAddress ?? '');
    const limit = authorization === undefined ? github.limits.anonymous : github.limits.token;
    const limits = (): Record<string, string> => ({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'x-ratelimit-reset': String(Math.ceil(window.endsAt / 1_000)),
      'x-ratelimit-used': String(window.used),
      'x-ratelimit-resource': 'core',
    });
    if (window.used >= limit) {
      say(403, { message: PRIMARY, documentation_url: 'https://docs.github.com/rest' }, limits());
      return;
    }
    window.used += 1;
    const found = find(path, query, authorization !== undefined);
    if (found.status !== 200) {
      say(found.status, found.body, { ...limits(), ...found.headers });
      return;
    }
    // GitHub's differ between tokens.
    const digest = createHash('sha256').update(JSON.stringify([found.body, authorization ?? '']));
    const etag = `W/"${digest.digest('hex')}"`;
    const unchanged = request.headers['if-none-match'] === etag;
    if (unchanged && authorization !== undefined) window.used -= 1;
    say(unchanged ? 304 : 200, found.body, { ...limits(), etag });
  }

  function windowOf(who: string): { used: number; endsAt: number } {
    let window = windows.get(who);
    if (window === undefined || github.now >= window.endsAt) {
      window = { used: 0, endsAt: github.now + github.windowMs };
      windows.set(who, window);
    }
    return window;
  }

  function find(
    path: string,
    query: URLSearchParams,
    signedIn: boolean,
  ): { status: number; body: unknown; headers?: Record<string, string> } {
    const notFound = { status: 404, body: { message: 'Not Found', status: '404' } };
    const [root, first = '', second = '', third] = path.slice(1).split('/');
    if (root === 'users') {
      const account = accounts.find(({ login }) => same(login, first));
      if (account === undefined) return notFound;
      if (second !== 'repos') return { status: 200, body: present(account) };
      return { status: 200, body: list(account, query) };
    }
    const byId = root === 'repositories';
    const part = byId ? second : third;
    const current = repositories.find(({ id, owner, name }) =>
      byId ? id === Number(first) : same(owner.login, first) && same(name, second),
    );
    const former = byId ? undefined : formerNames.get(`${first}/${second}`.toLowerCase());
    const repository = current ?? former;
    if (repository === undefined || (repository.private && !signedIn)) return notFound;
    if (current === undefined) {
      const url = `${github.url}/repositories/${repository.id}${part ? `/${part}` : ''}`;
      return {
        status: 301,
        headers: { location: url },
        body: { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com' },
      };
    }
    if (repository.refusal !== undefined) return repository.refusal;
    return { status: 200, body: part === 'languages' ? repository.languages : show(repository) };
  }

  /** Public repositories, by name; one that is blocked is not among them. */
  function list(account: TestAccount, query: URLSearchParams): unknown[] {
    const size = Number(query.get('per_page') ?? 30);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    return repositories
      .filter(({ owner, refusal }) => owner === account && refusal === undefined)
      .filter((repository) => !repository.private)
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .slice(start, start + size)
      .map(show);
  }

  function show(repository: TestRepository): unknown {
    const { owner, name, stars, pushedAt } = repository;
    return {
      id: repository.id,
      name,
      full_name: `${owner.login}/${name}`,
      owner: present(owner),
      private: repository.private,
      html_url: `${github.url}/${owner.login}/${name}`,
      description: repository.description,
      fork: repository.fork,
      archived: repository.archived,
      stargazers_count: stars,
      topics: ['cv'],
      pushed_at: pushedAt,
    };
  }

  function present({ id, login, type }: TestAccount): Record<string, unknown> {
    return { id, login, type, html_url: `${github.url}/${login}` };
  }

  function remember(repository: TestRepository): void {
    formerNames.set(`${repository.owner.login}/${repository.name}`.toLowerCase(), repository);
  }

  const github: TestGitHub = {
    url: '',
    now: Date.parse('2026-01-15T12:00:00Z'),
    limits: { anonymous: 60, token: 5_000 },
    windowMs: 60 * 60_000,
    untilSecondary: Infinity,
    log: [],
    authorizations: new Set(),
    account(login, type = 'User') {
      const account = { id: (ids += 1), login, type };
      accounts.push(account);
      return account;
    },
    repository(owner, name, more = {}) {
      const repository = {
        id: (ids += 1),
        owner,
        name,
        description: `What ${name} is`,
        stars: 7,
        languages: { CSS: 10, TypeScript: 900 },
        pushedAt: '2024-01-02T03:04:05Z',
        private: false,
        archived: false,
        fork: false,
        ...more,
      };
      repositories.push(repository);
      return repository;
    },
    rename(repository, name) {
      remember(repository);
      repository.name = name;
    },
    move(repository, owner) {
      remember(repository);
      repository.owner = owner;
    },
    renameAccount(account, login) {
      repositories.filter(({ owner }) => owner === account).forEach(remember);
      account.login = login;
    },
    once: (path, other) => void odd.push({ path, answer: other }),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  github.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return github;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
