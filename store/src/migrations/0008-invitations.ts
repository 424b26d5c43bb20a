import type { Migration } from './migration';

/**
 * `invitations`: links that each make one key for whoever opens it, of the code in them no more than
 * the hash. `key_id` is the key that was made.
 */
const STATEMENTS = [
  `create table invitations (
    id text primary key,
    code_hash text not null unique,
    system text not null,
    user_id text,
    scopes text not null,
    created_at bigint not null,
    expires_at bigint not null,
    redeemed_at bigint,
    revoked_at bigint,
    key_id text
  )`,
];

export const invitations: Migration = {
  name: '0008-invitations',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
