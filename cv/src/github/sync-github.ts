import { Octokit } from '@octokit/rest';
import {
  type EgressClient,
  EgressError,
  fetchThroughGuard,
  parseRetryAfter,
} from '@careerhooks/egress';
import type { GitHubRequest, GitHubSection, Repository } from '../sections/github';

/** Why a sync failed; those that are `final` fail again however often they are tried. */
const syncErrors = {
  REPOSITORY_NOT_FOUND: { final: true },
  GITHUB_TOKEN_REFUSED: { final: true },
  GITHUB_RATE_LIMITED: { final: false },
  GITHUB_UNAVAILABLE: { final: false },
} as const;

export type SyncErrorCode = keyof typeof syncErrors;

export class SyncError extends Error {
  override readonly name = 'SyncError';

  constructor(
    readonly code: SyncErrorCode,
    message: string,
    /** For `GITHUB_RATE_LIMITED`: when GitHub takes requests again, in Unix milliseconds. */
    readonly retryAt?: number,
  ) {
    super(message);
  }

  get final(): boolean {
    return syncErrors[this.code].final;
  }
}

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
const REQUESTS_AT_ONCE = 4;
/** Where GitHub limits without saying for how long, it asks to wait a minute at least. */
const UNTOLD_LIMIT_MS = 60_000;

/**
 * Reads repositories from GitHub's REST API: all of them, or none.
 *
 * @throws {SyncError} `REPOSITORY_NOT_FOUND` names every repository that is not there (or that the
 *   token may not see); `GITHUB_RATE_LIMITED` has `retryAt`.
 */
export async function syncGitHub(
  request: GitHubRequest & {
    baseUrl: string;
    token?: string | undefined;
    egress: EgressClient;
  },
): Promise<GitHubSection> {
  const { username, egress } = request;
  const octokit = new Octokit({
    baseUrl: request.baseUrl.replace(/\/+$/, ''),
    userAgent: 'CareerHooks',
    ...(request.token !== undefined && { auth: request.token }),
    request: {
      fetch: fetchThroughGuard(egress, { timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES }),
    },
    // What fails is thrown, and told by whoever asked; octokit would write it to the console too.
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });

  const found = new Map<string, Repository>();
  const missing: string[] = [];
  const queue = request.repositories.values();
  const work = async (): Promise<void> => {
    for (const name of queue) {
      const repository = await readRepository(octokit, username, name);
      if (repository === undefined) missing.push(name);
      else found.set(name, repository);
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  if (missing.length > 0) {
    const names = request.repositories.filter((name) => missing.includes(name));
    throw new SyncError(
      'REPOSITORY_NOT_FOUND',
      `GitHub has no ${names.map((name) => `${username}/${name}`).join(', ')}.`,
    );
  }
  return {
    username,
    repositories: request.repositories.flatMap((name) => found.get(name) ?? []),
  };
}

/** Undefined where GitHub answers 404. */
async function readRepository(
  octokit: Octokit,
  owner: string,
  repo: string,
): Promise<Repository | undefined> {
  try {
    const { data } = await octokit.rest.repos.get({ owner, repo });
    const languages = await octokit.rest.repos.listLanguages({ owner, repo });
    return {
      name: data.name,
      description: data.description?.slice(0, 1_000) ?? null,
      stars: data.stargazers_count,
      languages: Object.entries(languages.data)
        .sort(([, left], [, right]) => right - left)
        .map(([language]) => language)
        .slice(0, 20),
      topics: (data.topics ?? []).slice(0, 20),
      pushedAt: data.pushed_at,
      url: data.html_url,
    };
  } catch (error) {
    const failure = toSyncError(error);
    if (failure === 'not found') return undefined;
    throw failure;
  }
}

/** What an answer's status and headers, or the network, mean for a sync. */
function toSyncError(error: unknown): SyncError | 'not found' {
  const { status, headers } = answerOf(error);
  if (status === 404 || status === 410) return 'not found';
  const limited = retryAtOf(status, headers);
  if (limited !== undefined) {
    const at = new Date(limited).toISOString();
    return new SyncError('GITHUB_RATE_LIMITED', `GitHub takes requests again at ${at}.`, limited);
  }
  if (status === 401 || status === 403) {
    return new SyncError('GITHUB_TOKEN_REFUSED', `GitHub answered ${status}: see GITHUB_TOKEN.`);
  }
  // Octokit wraps what its fetch threw; the guard's own message is the one that helps.
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const guarded = causes.find((cause) => cause instanceof EgressError);
  const reason =
    guarded?.message ??
    (status > 0 && status !== 500 ? `It answered ${status}.` : messageOf(error));
  return new SyncError('GITHUB_UNAVAILABLE', `GitHub could not be read: ${reason}`);
}

/** Unix milliseconds; undefined where the answer is not about a limit. */
function retryAtOf(status: number, headers: Record<string, unknown>): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const now = Date.now();
  const retryAfter = parseRetryAfter(textOf(headers['retry-after']), now);
  if (retryAfter !== undefined) return now + retryAfter;
  const reset = Number(headers['x-ratelimit-reset']);
  if (textOf(headers['x-ratelimit-remaining']) === '0' && reset > 0)
    return Math.max(now, reset * 1_000);
  return status === 429 ? now + UNTOLD_LIMIT_MS : undefined;
}

function answerOf(error: unknown): { status: number; headers: Record<string, unknown> } {
  if (typeof error !== 'object' || error === null) return { status: 0, headers: {} };
  const { status, response } = error as { status?: unknown; response?: { headers?: unknown } };
  return {
    status: typeof status === 'number' && response !== undefined ? status : 0,
    headers: (response?.headers ?? {}) as Record<string, unknown>,
  };
}

function textOf(header: unknown): string | undefined {
  return typeof header === 'string' || typeof header === 'number' ? String(header) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'it failed';
}

function nothing(): void {}
