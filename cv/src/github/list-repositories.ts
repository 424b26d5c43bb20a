import { type RepositoryAnswer, shapes } from './answers';
import type { Ask } from './ask-github';

/** A request for each is as cheap, up to here. */
const MOST_ALONE = 10;
const PAGE = 100;
const MOST_PAGES = 5;

/**
 * The account's repositories among those asked for, by name in lower case, as far as its list has
 * them: a hundred for one request. What the list lacks (private, renamed, blocked, beyond its first
 * pages) is asked for by name.
 */
export async function listRepositories(
  ask: Ask,
  username: string,
  names: readonly string[],
): Promise<Map<string, RepositoryAnswer>> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const listed = new Map<string, RepositoryAnswer>();
  for (let page = 1; page <= MOST_PAGES && wanted.size - listed.size > MOST_ALONE; page += 1) {
    const reply = await ask(
      'GET /users/{username}/repos',
      { username, per_page: PAGE, page },
      shapes.repositories,
    );
    if (reply.status !== 'found') break;
    for (const repository of reply.data) {
      const name = repository?.name.toLowerCase() ?? '';
      if (repository !== null && wanted.has(name)) listed.set(name, repository);
    }
    if (reply.data.length < PAGE) break;
  }
  return listed;
}
