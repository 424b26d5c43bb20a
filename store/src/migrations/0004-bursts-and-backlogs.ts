import type { Migration } from './migration';

/**
 * `burst_id`: the burst that made the delivery's first attempt; null where its
 * own workflow did. `backlog_since`: the endpoint's deliveries wait in the
 * database, in order, and are pulled as it bears them. `failing_since`: it has
 * failed many attempts in a row. `rate_per_second` is what its owner allows.
 *
 * Ordered endpoints always work through a backlog.
 */
const STATEMENTS = [
  'alter table deliveries add column burst_id text',
  'alter table endpoints add column backlog_since bigint',
  'alter table endpoints add column failing_since bigint',
  'alter table endpoints add column rate_per_second integer',
  `create index deliveries_held on deliveries (endpoint_id, id) where status = 'held'`,
  `create index endpoints_backlog on endpoints (id) where backlog_since is not null`,
  `update deliveries set status = 'held', lease_until = null
   where status = 'pending' and is_test = 0
     and endpoint_id in (select id from endpoints where ordered = 1)`,
  `update endpoints set backlog_since = created_at
   where status = 'active' and deleted_at is null and exists (select 1 from deliveries d
     where d.endpoint_id = endpoints.id and d.status = 'held')`,
];

export const burstsAndBacklogs: Migration = {
  name: '0004-bursts-and-backlogs',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
