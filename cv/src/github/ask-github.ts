import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { type EgressClient, EgressError, fetchThroughGuard, parseUrl } from '@careerhooks/egress';
import { type RefusalAnswer, shapes } from './answers';
import type { KeptAnswer, KeptAnswers } from './kept-answers';
import { readLimit } from './read-limit';
import { SyncError } from './sync-error';

/** What GitHub says to a question; whatever else it answers is thrown. */
export type Reply<Data> =
  | { status: 'found'; data: Data }
  | { status: 'missing' }
  /** It is there, and this token (or anybody) may not see it; in GitHub's words. */
  | { status: 'refused'; blocked: boolean; words: string };

/**
 * Asks GitHub for `route`, unless what was kept of an earlier answer will do: what was read in this
 * run, or what `isCurrent` vouches for.
 *
 * @throws {SyncError} a limit, a refused token, or an answer that is not GitHub's API's
 */
export type Ask = <Shape extends z.ZodType>(
  route: string,
  parameters: Record<string, string | number>,
  shape: Shape,
  isCurrent?: (kept: { readAt: number }) => boolean,
) => Promise<Reply<z.output<Shape>>>;

export interface GitHubAccess {
  baseUrl: string;
  token?: string | undefined;
  egress: EgressClient;
  /** Where answers are kept between runs. */
  answers?: KeptAnswers;
  /** When this run began, in Unix milliseconds: what was read since is not asked for again. */
  since?: number;
  /** Which try of the run this is, from 1. */
  attempt?: number;
  now?: () => number;
}

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  data: unknown;
}

const TIMEOUT_MS = 15_000;
/** A page of a hundred repositories is some 600 KiB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** One try; its activity has 5 minutes. What it has read by then is kept. */
const MOST_MS = 4 * 60_000;

/**
 * Makes the one function that asks GitHub. Octokit takes for a success what is none (a redirect's
 * message, a page of HTML, a text that broke off), so every answer is held against its shape here.
 */
export function createAsk(access: GitHubAccess): Ask {
  const { answers, now = Date.now, attempt = 1 } = access;
  const octokit = createOctokit(access);
  const startedAt = now();
  const since = access.since ?? startedAt;

  return async (route, parameters, shape, isCurrent = () => false) => {
    // GitHub's names are the same in any case.
    const url = octokit.request.endpoint(route, parameters).url.toLowerCase();
    const kept = readKept(await answers?.find(url), shape);
    if (kept !== undefined && (kept.readAt >= since || isCurrent(kept))) return kept.reply;
    if (now() - startedAt > MOST_MS) throw unavailable('It answers slowly; the rest follows.');
    const condition = kept?.etag == null ? {} : { 'if-none-match': kept.etag };
    const answer = await send(octokit, route, { ...parameters, headers: condition });
    const unchanged = answer.status === 304 && kept?.etag != null;
    const reply = unchanged ? kept.reply : judge(answer, shape, { now: now(), attempt });
    await answers?.keep(url, {
      etag: reply.status === 'found' ? (etagOf(answer) ?? (unchanged ? kept.etag : null)) : null,
      answer: JSON.stringify(reply),
      readAt: now(),
    });
    return reply;
  };
}

function createOctokit({ baseUrl, token, egress }: GitHubAccess): Octokit {
  return new Octokit({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    userAgent: 'CareerHooks',
    ...(token !== undefined && { auth: token }),
    // Follows redirects within GitHub's origin (a repository that was renamed), with the token;
    // any other is the answer.
    request: {
      fetch: fetchThroughGuard(egress, { timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES }),
    },
    // What fails is thrown, and told by whoever asked; octokit would write it to the console too.
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
}

/** An answer of any status. Octokit rejects with most of them, and with what its fetch threw. */
async function send(
  octokit: Octokit,
  route: string,
  parameters: Parameters<Octokit['request']>[1],
): Promise<Answer> {
  try {
    return (await octokit.request(route, parameters)) as Answer;
  } catch (error) {
    const { response } = error as { response?: Answer };
    if (response !== undefined) return response;
    // Octokit wraps what its fetch threw as status 500; the guard's own message is the one that helps.
    const causes = [error, error instanceof Error ? error.cause : undefined];
    const guarded = causes.find((cause) => cause instanceof EgressError);
    throw unavailable(guarded?.message ?? messageOf(error));
  }
}

function judge<Shape extends z.ZodType>(
  answer: Answer,
  shape: Shape,
  at: { now: number; attempt: number },
): Reply<z.output<Shape>> {
  const { status, data } = answer;
  if (status === 200) {
    const found = shape.safeParse(data);
    if (found.success) return { status: 'found', data: found.data };
    throw unavailable(`It answered 200 with ${kindOf(answer)} that its API does not answer with.`);
  }
  const limited = readLimit(answer, at.now, at.attempt);
  if (limited !== undefined) {
    const until = new Date(limited).toISOString();
    throw new SyncError('GITHUB_RATE_LIMITED', `GitHub takes requests again at ${until}.`, limited);
  }
  if (status === 401) {
    throw new SyncError('GITHUB_TOKEN_REFUSED', `GitHub answered ${status}: see GITHUB_TOKEN.`);
  }
  const refusal = shapes.refusal.safeParse(data);
  if (refusal.success && (status === 404 || status === 410)) return { status: 'missing' };
  if (refusal.success && (status === 403 || status === 451)) return refused(status, refusal.data);
  throw unavailable(redirectOf(answer) ?? `It answered ${status} with ${kindOf(answer)}.`);
}

function refused(
  status: number,
  { message, block }: RefusalAnswer,
): Extract<Reply<never>, { status: 'refused' }> {
  const details = [block?.reason, block?.html_url].filter(Boolean).join(', ');
  return {
    status: 'refused',
    blocked: status === 451 || block != null || /\bblocked\b/i.test(message),
    words: details === '' ? message : `${message} (${details.slice(0, 300)})`,
  };
}

function redirectOf({ status, headers }: Answer): string | undefined {
  if (status < 300 || status > 399 || typeof headers.location !== 'string') return undefined;
  const target = parseUrl(headers.location)?.origin ?? 'elsewhere';
  return `It redirects (${status}) to ${target}, which is not followed: see GITHUB_API_URL.`;
}

function readKept<Shape extends z.ZodType>(
  kept: KeptAnswer | undefined,
  shape: Shape,
): { reply: Reply<z.output<Shape>>; etag: string | null; readAt: number } | undefined {
  if (kept === undefined) return undefined;
  const reply = z
    .discriminatedUnion('status', [
      z.object({ status: z.literal('found'), data: shape }),
      z.object({ status: z.literal('missing') }),
      z.object({ status: z.literal('refused'), blocked: z.boolean(), words: z.string() }),
    ])
    .safeParse(JSON.parse(kept.answer));
  // Another version of ours may have kept other fields.
  if (!reply.success) return undefined;
  return { ...kept, reply: reply.data as Reply<z.output<Shape>> };
}

function etagOf({ headers }: Answer): string | undefined {
  return typeof headers.etag === 'string' ? headers.etag : undefined;
}

function kindOf({ headers }: Answer): string {
  const type = headers['content-type'];
  return typeof type === 'string' ? `a body (${type.slice(0, 100)})` : 'a body';
}

function unavailable(reason: string): SyncError {
  return new SyncError('GITHUB_UNAVAILABLE', `GitHub could not be read: ${reason}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'it failed';
}

function nothing(): void {}
