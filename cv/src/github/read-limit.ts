import { parseRetryAfter } from '@careerhooks/egress';

/** Where GitHub limits without saying for how long, it asks to wait a minute, and longer each time. */
const UNTOLD_LIMIT_MS = 60_000;
const LONGEST_UNTOLD_MS = 16 * 60_000;

/** "You have exceeded a secondary rate limit", as JSON or as a page; "abuse detection" before 2021. */
const LIMIT = /rate limit|abuse detection/i;

/**
 * When GitHub takes requests again, in Unix milliseconds; undefined where the answer is not about a
 * limit. GitHub says it in `retry-after`, in `x-ratelimit-reset` once the hour's requests are used up,
 * or in words alone.
 *
 * @param attempt which try of the sync this is, from 1
 */
export function readLimit(
  answer: { status: number; headers: Record<string, unknown>; data: unknown },
  now: number,
  attempt: number,
): number | undefined {
  const { status, headers, data } = answer;
  if (status !== 403 && status !== 429) return undefined;
  const retryAfter = parseRetryAfter(textOf(headers['retry-after']), now);
  if (retryAfter !== undefined) return now + retryAfter;
  const resetAt = Number(headers['x-ratelimit-reset']) * 1_000;
  // A reset that is over means that the clocks differ.
  if (textOf(headers['x-ratelimit-remaining']) === '0' && resetAt > now) return resetAt;
  if (status === 429 || LIMIT.test(wordsOf(data))) {
    return now + Math.min(LONGEST_UNTOLD_MS, UNTOLD_LIMIT_MS * 2 ** (attempt - 1));
  }
  return undefined;
}

function wordsOf(data: unknown): string {
  if (typeof data === 'string') return data;
  const message = (data as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : '';
}

function textOf(header: unknown): string | undefined {
  return typeof header === 'string' || typeof header === 'number' ? String(header) : undefined;
}
