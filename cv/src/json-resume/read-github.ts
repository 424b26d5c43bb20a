import { z } from 'zod';
import type { CvDocument } from '../cv-document';
import { webAddress } from '../sections/fields';
import type { GitHubSection, Repository } from '../sections/github';
import { omit } from '../omit';
import { isFields } from './read-values';
import type { Entry } from './read-items';

const plain = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
const texts = z.array(z.string().max(200)).max(200);

/** A repository as our own files have it; what later versions add to it is kept. */
const repository = z
  .object({
    name: z.string().min(1).max(200),
    description: z.string().max(20_000).nullable(),
    stars: z.number(),
    languages: texts,
    topics: texts,
    pushedAt: z.string().max(100).nullable(),
    url: webAddress,
  })
  .catchall(plain);

const section = z.object({ username: z.string().min(1).max(100) }).catchall(plain);

/** The section `github` as an import may write it. */
export const githubSection = z.looseObject({
  ...section.shape,
  repositories: z.array(repository),
});

/** The repositories among the projects, and the other projects. */
export function splitProjects(entries: readonly Entry[]): {
  repositories: Repository[];
  projects: Entry[];
} {
  const repositories = entries.map(repositoryOf);
  return {
    repositories: repositories.filter((found) => found !== undefined),
    projects: entries.filter((_, index) => repositories[index] === undefined),
  };
}

/**
 * The section `github`: the file's, where it is one of ours and the CV had the section, or the present one.
 *
 * @param account what the file says of the section beside its repositories.
 */
export function readGitHub(
  account: unknown,
  repositories: readonly Repository[],
  present: CvDocument['github'],
): GitHubSection | null {
  const { data } = section.safeParse(account);
  if (data !== undefined) return { ...data, repositories: [...repositories] };
  const [first] = repositories;
  if (first === undefined) return present;
  const known = present === null ? { username: ownerOf(first) } : omit(present, 'repositories');
  return { ...known, repositories: [...repositories] };
}

function ownerOf({ url }: Repository): string {
  return new URL(url).pathname.split('/')[1] ?? '';
}

/** Undefined for a project that is none, or that somebody has made something else of. */
function repositoryOf({ object }: Entry): Repository | undefined {
  if (object.type !== 'repository' || !isFields(object.repository)) return undefined;
  const { data } = repository.safeParse(object.repository);
  const agrees =
    data !== undefined &&
    object.name === data.name &&
    object.url === data.url &&
    (object.description ?? '') === (data.description ?? '');
  return agrees ? data : undefined;
}
