import type { Migration } from './migration';

/**
 * `cv_github_answers`: what a sync has read, so that the next try goes on and the next sync asks for
 * what has changed. `scope` is a digest of where it was read and with which token; `answer` is JSON text.
 */
const STATEMENTS = [
  `create table cv_github_answers (
    scope text not null,
    url text not null,
    etag text,
    answer text not null,
    read_at bigint not null,
    primary key (scope, url)
  )`,
  `create index cv_github_answers_read_at on cv_github_answers (read_at)`,
];

export const githubAnswers: Migration = {
  name: '0009-github-answers',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
