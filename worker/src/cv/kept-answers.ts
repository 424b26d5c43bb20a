import { createHash } from 'node:crypto';
import type { KeptAnswers } from '@careerhooks/cv';
import { findGitHubAnswer, keepGitHubAnswer, type Store } from '@careerhooks/store';

/**
 * Where answers of this GitHub to this token are kept: under a digest of both, since another token
 * may not see the same, and from it the token cannot be told.
 */
export function keepInStore(
  store: Store,
  github: { githubUrl: string; githubToken?: string | undefined },
): KeptAnswers {
  const asked = JSON.stringify(['github', github.githubUrl, github.githubToken ?? null]);
  const scope = createHash('sha256').update(asked).digest('hex');
  return {
    find: (url) => findGitHubAnswer(store, scope, url),
    keep: (url, answer) => keepGitHubAnswer(store, scope, url, answer),
  };
}
