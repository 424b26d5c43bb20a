import type { Migration } from './migration';

/**
 * `verification_…`: what the URL answered to its last challenge, and what was wrong with it, for
 * people. `url_key`: what its URL is compared by, which each start fills in (`keyUrls`); null where
 * an older version wrote the row since. `url_twin`: 1 where its owner had another endpoint at the
 * same URL, spelled otherwise, when keys came; such endpoints stay, and no new ones are made.
 *
 * The index of URLs as they are spelled stays for older versions that run beside this one.
 */
const STATEMENTS = [
  'alter table endpoints add column verification_error_message text',
  'alter table endpoints add column verification_status_code integer',
  'alter table endpoints add column verification_answer_excerpt text',
  'alter table endpoints add column url_key text',
  'alter table endpoints add column url_twin integer not null default 0',
  `create unique index endpoints_owner_url_key
    on endpoints (system, coalesce(user_id, ''), url_key)
    where deleted_at is null and url_twin = 0`,
  'create index endpoints_url_key on endpoints (url_key)',
];

export const challengeAnswersAndUrlKeys: Migration = {
  name: '0005-challenge-answers-and-url-keys',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
