import { rowOf } from '../sql';
import type { Store } from '../store';
import type { GitHubAnswer } from './github-answer';

/** What was kept for `url` within `scope`, the digest of a token and where it is used. */
export async function findGitHubAnswer(
  store: Store,
  scope: string,
  url: string,
): Promise<GitHubAnswer | undefined> {
  const row = await rowOf<{ etag: string | null; answer: string; read_at: number }>(
    store.read,
    'select etag, answer, read_at from cv_github_answers where scope = ? and url = ?',
    [scope, url],
  );
  return row && { etag: row.etag, answer: row.answer, readAt: row.read_at };
}
