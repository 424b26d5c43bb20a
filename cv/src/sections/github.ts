import { z } from 'zod';

/** What a `sync` asks for. */
export const githubRequest = z.strictObject({
  username: z
    .string()
    .regex(/^[a-z\d](?:-?[a-z\d]){0,38}$/i, 'must be a GitHub user or organisation'),
  repositories: z
    .array(z.string().regex(/^(?!\.{1,2}$)[\w.-]{1,100}$/, 'must be the name of a repository'))
    .min(1, 'must name at least one repository')
    .max(50),
});

export type GitHubRequest = z.output<typeof githubRequest>;

/** A repository as it was at the last sync. */
export interface Repository {
  name: string;
  description: string | null;
  stars: number;
  /** The most used first. */
  languages: string[];
  topics: string[];
  /** ISO 8601. */
  pushedAt: string | null;
  url: string;
}

/** The section as it is kept: only a sync writes it. */
export interface GitHubSection {
  username: string;
  repositories: Repository[];
}
