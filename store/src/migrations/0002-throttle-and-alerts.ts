import type { Migration } from './migration';

/**
 * `throttle_key` stands on deliveries of a throttled event type that went out or
 * wait to; `slot_at` is when the throttle lets them go. `waits_for` is a delivery
 * that goes first. `critical`: should it fail, that is an event itself.
 * `singleton`: the owner's one configuration, where a product has no more.
 */
const STATEMENTS = [
  'alter table deliveries add column throttle_key text',
  'alter table deliveries add column slot_at bigint',
  'alter table deliveries add column waits_for text',
  'alter table deliveries add column critical integer not null default 0',
  `create index deliveries_throttle on deliveries (throttle_key, slot_at)
    where throttle_key is not null`,
  'alter table endpoints add column singleton integer not null default 0',
  `create unique index endpoints_singleton on endpoints (system, coalesce(user_id, ''))
    where singleton = 1 and deleted_at is null`,
];

export const throttleAndAlerts: Migration = {
  name: '0002-throttle-and-alerts',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
