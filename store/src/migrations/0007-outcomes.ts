import type { Migration } from './migration';

/**
 * `outcomes`: what the receiver of a delivery says came of it, and who is at work on it meanwhile.
 * Only receivers that ask have a row; `deliveries`, which every attempt writes, stays as narrow as it was.
 * `at` is when the row last changed.
 */
const STATEMENTS = [
  `create table outcomes (
    delivery_id text primary key references deliveries (id) on delete cascade,
    status text not null,
    claimant text not null,
    attempt integer,
    lease_until bigint,
    note text,
    at bigint not null
  )`,
];

export const outcomes: Migration = {
  name: '0007-outcomes',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
