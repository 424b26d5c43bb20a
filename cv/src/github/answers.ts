import { z } from 'zod';

/*
 * What a sync reads of GitHub's answers. Anything else at 200 is no answer of GitHub's API: a page of
 * a proxy, a redirect's message, half a document. Each shape takes what it gives: that is kept.
 */

const MOST_DESCRIPTION = 1_000;
const MOST_TAGS = 20;
const MOST_WORDS = 300;
/** Of a name, a topic, a language. */
const MOST_NAME = 100;

const webUrl = z.url({ protocol: /^https?$/ });

const account = z.object({ login: z.string().min(1), html_url: webUrl });

const repository = z.object({
  /** It stays when the repository is renamed or moved. */
  id: z.number().int().optional(),
  name: text(MOST_NAME).pipe(z.string().min(1)),
  owner: account.nullish(),
  description: text(MOST_DESCRIPTION).nullish(),
  stargazers_count: z.number().int().nonnegative(),
  topics: z
    .array(text(MOST_NAME))
    .transform((topics) => topics.slice(0, MOST_TAGS))
    .optional(),
  pushed_at: z.string().nullish(),
  html_url: webUrl,
  archived: z.boolean().optional(),
  fork: z.boolean().optional(),
});

/** Bytes of each language: those used most. */
const languages = z
  .record(text(MOST_NAME), z.number())
  .transform((bytes) => Object.fromEntries(byUse(bytes).slice(0, MOST_TAGS)));

export const shapes = {
  account,
  repository,
  /** Null in place of one that lacks something: it is asked for by name. */
  repositories: z.array(repository.nullable().catch(null)),
  languages,
  /** What comes with 403, 404, 410 and 451. */
  refusal: z.object({
    message: text(MOST_WORDS),
    block: z
      .object({ reason: z.string().nullish(), html_url: z.string().nullish() })
      .nullish()
      .catch(undefined),
  }),
};

export type AccountAnswer = z.output<typeof account>;
export type RepositoryAnswer = z.output<typeof repository>;
export type RefusalAnswer = z.output<typeof shapes.refusal>;

/** Languages and their bytes, the most used first. */
export function byUse(bytes: Record<string, number>): [string, number][] {
  return Object.entries(bytes).sort(([, left], [, right]) => right - left);
}

/** The first characters of a text, without controls, which databases do not take, and halves of characters. */
function text(most: number): z.ZodType<string> {
  return z.string().transform((given) =>
    given
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, most)
      .replace(/\p{Surrogate}/gu, ''),
  );
}
