import { z } from 'zod';

/** What a `sync` asks for. */
export const githubRequest = z.strictObject({
  username: z
    .string()
    // Old logins have hyphens where new ones may not, those of managed users `_` and a short code.
    .regex(/^[a-z\d_-]{1,39}$/i, 'must be a GitHub user or organisation'),
  repositories: z
    .array(z.string().regex(/^(?!\.{1,2}$)[\w.-]{1,100}$/, 'must be the name of a repository'))
    .min(1, 'must name at least one repository')
    .max(100),
});

export type GitHubRequest = z.output<typeof githubRequest>;

/** A repository as it was at the last sync; what is optional came later than the oldest stored ones. */
export interface Repository {
  name: string;
  /** Login of the user or organisation that has it; another than the section's where it was moved. */
  owner?: string;
  description: string | null;
  stars: number;
  /** The most used first. */
  languages: string[];
  topics: string[];
  /** ISO 8601. */
  pushedAt: string | null;
  url: string;
  /** Its owner has closed it: it is to be read only. */
  archived?: boolean;
  /** It was made from another's repository. */
  fork?: boolean;
}

/** The section as it is kept: only a sync writes it. */
export interface GitHubSection {
  /** The login as GitHub has it now. */
  username: string;
  /** The account's page, on github.com or on an Enterprise host. */
  profileUrl?: string;
  repositories: Repository[];
}
