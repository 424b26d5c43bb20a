import { rowsOf } from '../sql';
import type { Store } from '../store';
import type { GitHubAnswer } from './github-answer';

/** Keeps an answer for `url` within `scope` in place of the one before. */
export async function keepGitHubAnswer(
  store: Store,
  scope: string,
  url: string,
  { etag, answer, readAt }: GitHubAnswer,
): Promise<void> {
  await rowsOf(
    store.write,
    `insert into cv_github_answers (scope, url, etag, answer, read_at) values (?, ?, ?, ?, ?)
     on conflict (scope, url) do update set etag = excluded.etag, answer = excluded.answer,
       read_at = excluded.read_at`,
    [scope, url, etag, answer, readAt],
  );
}
