import { rowsOf } from '../sql';
import type { Store } from '../store';

/** Removes answers of GitHub's that were read before `before`: no sync has asked for them since. */
export async function purgeGitHubAnswers(store: Store, before: number): Promise<number> {
  const rows = await rowsOf(
    store.write,
    'delete from cv_github_answers where read_at < ? returning url',
    [before],
  );
  return rows.length;
}
