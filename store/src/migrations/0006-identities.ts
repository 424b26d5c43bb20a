import type { Migration } from './migration';

/**
 * `identity`: what the owner calls its registration, whatever its URL. `registered_…`: who registered
 * it and with which key, and `confirmed_at`: when last; null in rows of older versions. `ends_at`: when
 * it is deleted by itself, having been registered for a while; `detached_until`: the same, having been
 * detached.
 */
const STATEMENTS = [
  'alter table endpoints add column identity text',
  'alter table endpoints add column registered_by text',
  'alter table endpoints add column registered_key text',
  'alter table endpoints add column confirmed_at bigint',
  'alter table endpoints add column ends_at bigint',
  'alter table endpoints add column detached_until bigint',
  `create unique index endpoints_identity on endpoints (system, identity, coalesce(user_id, ''))
    where deleted_at is null and identity is not null`,
  `create index endpoints_ends_at on endpoints (ends_at)
    where deleted_at is null and ends_at is not null`,
  `create index endpoints_detached_until on endpoints (detached_until)
    where deleted_at is null and detached_until is not null`,
];

export const identities: Migration = {
  name: '0006-identities',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
