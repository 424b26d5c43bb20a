import type { Migration } from './migration';

/**
 * `name` says whose CV it is; an instance has one, `default`. Documents, changes and backups are JSON
 * text. `lease_until` is as everywhere: when the dispatcher may take a row (again), null where there
 * is nothing to do.
 */
const STATEMENTS = [
  `create table cv_documents (
    name text primary key,
    version integer not null,
    document text not null,
    updated_at bigint not null
  )`,
  `create table cv_pdfs (
    name text primary key,
    version integer not null,
    content_base64 text not null,
    size_bytes integer not null,
    created_at bigint not null
  )`,
  `create table cv_changes (
    id text primary key,
    name text not null,
    action text not null,
    section text not null,
    data text not null,
    status text not null,
    received_at bigint not null,
    finished_at bigint,
    processing_ms integer,
    error_code text,
    error_message text,
    lease_until bigint
  )`,
  `create index cv_changes_lease on cv_changes (lease_until) where lease_until is not null`,
  `create index cv_changes_received_at on cv_changes (received_at)`,
  `create table cv_steps (
    change_id text not null references cv_changes (id) on delete cascade,
    step text not null,
    status text not null,
    tries integer not null,
    at bigint not null,
    duration_ms integer not null,
    error_code text,
    error_message text,
    primary key (change_id, step)
  )`,
  `create table cv_backups (
    id text primary key,
    name text not null,
    version integer not null,
    document text not null,
    change_id text not null,
    created_at bigint not null
  )`,
  `create table cv_signatures (
    digest text primary key,
    seen_at bigint not null
  )`,
  `create index cv_signatures_seen_at on cv_signatures (seen_at)`,
];

export const cv: Migration = {
  name: '0003-cv',
  up: async (on) => {
    for (const statement of STATEMENTS) await on.run(statement);
  },
};
