import type { Migration } from './migration';

/**
 * Times are Unix milliseconds. `lease_until` is when the dispatcher may take a
 * row (again): null where there is nothing to do. JSON stands in text columns,
 * because its bytes must come out as they went in.
 */
const STATEMENTS = [
  `create table settings (
    name text primary key,
    value text not null
  )`,
  `create table api_keys (
    id text primary key,
    token_hash text not null unique,
    system text not null,
    user_id text,
    scopes text not null,
    created_at bigint not null,
    revoked_at bigint
  )`,
  `create table endpoints (
    id text primary key,
    system text not null,
    user_id text,
    url text not null,
    description text,
    events text not null,
    status text not null,
    status_reason text,
    schedule text not null,
    timeout_ms integer,
    max_retries integer,
    ordered integer not null,
    headers_sealed text,
    challenge_sealed text,
    verification_attempts integer not null default 0,
    verification_error text,
    verification_deadline bigint,
    verification_lease_until bigint,
    verified_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
  )`,
  `create unique index endpoints_owner_url on endpoints (system, coalesce(user_id, ''), url)
    where deleted_at is null`,
  `create index endpoints_verification_lease on endpoints (verification_lease_until)
    where verification_lease_until is not null`,
  `create table subscriptions (
    endpoint_id text not null references endpoints (id) on delete cascade,
    system text not null,
    pattern text not null,
    primary key (endpoint_id, pattern)
  )`,
  `create index subscriptions_pattern on subscriptions (system, pattern)`,
  `create table endpoint_keys (
    id text primary key,
    endpoint_id text not null references endpoints (id) on delete cascade,
    sealed text not null,
    created_at bigint not null,
    expires_at bigint
  )`,
  `create index endpoint_keys_endpoint on endpoint_keys (endpoint_id, created_at)`,
  `create table events (
    key text primary key,
    id text not null,
    system text not null,
    user_id text not null,
    type text not null,
    data text not null,
    previous_attributes text,
    idempotency_key text,
    content_hash text not null,
    is_test integer not null default 0,
    created_at bigint not null
  )`,
  `create unique index events_id on events (id, system, user_id)`,
  `create unique index events_idempotency_key on events (system, user_id, idempotency_key)
    where idempotency_key is not null`,
  `create index events_created_at on events (created_at)`,
  `create index events_system on events (system, key)`,
  `create index events_owner on events (system, user_id, key)`,
  `create table deliveries (
    id text primary key,
    event_key text not null references events (key) on delete cascade,
    endpoint_id text not null references endpoints (id),
    system text not null,
    user_id text not null,
    type text not null,
    status text not null,
    attempts integer not null default 0,
    attempts_before_round integer not null default 0,
    lease_until bigint,
    next_attempt_at bigint,
    expires_at bigint not null,
    last_status_code integer,
    last_error_code text,
    is_test integer not null default 0,
    created_at bigint not null,
    finished_at bigint
  )`,
  `create index deliveries_lease on deliveries (lease_until) where lease_until is not null`,
  // With is_test, SQLite prefers it to deliveries_endpoint, which holds the whole history.
  `create index deliveries_unfinished on deliveries (endpoint_id, is_test, id)
    where finished_at is null`,
  `create index deliveries_expiry on deliveries (expires_at) where finished_at is null`,
  `create index deliveries_system on deliveries (system, id)`,
  `create index deliveries_owner on deliveries (system, user_id, id)`,
  `create index deliveries_endpoint on deliveries (endpoint_id, id)`,
  `create index deliveries_event on deliveries (event_key)`,
  `create table attempts (
    delivery_id text not null references deliveries (id) on delete cascade,
    number integer not null,
    started_at bigint not null,
    duration_ms integer not null,
    succeeded integer not null,
    status_code integer,
    error_code text,
    error_message text,
    answer_excerpt text,
    primary key (delivery_id, number)
  )`,
];

export const initial: Migration = {
  name: '0001-initial',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
