import type { Knex } from 'knex';
import type { Journal } from './journal/journal';
import type { Sealer } from './sealing';

export type Dialect = 'sqlite' | 'postgres';

/**
 * An open database. On SQLite writes share one connection, so that a
 * transaction never waits for a lock of our own, and reads have their own
 * (write-ahead logging lets them run beside a write); on PostgreSQL both are
 * one pool.
 */
export interface Store {
  dialect: Dialect;
  write: Knex;
  read: Knex;
  sealer: Sealer;
  /** Where changes of endpoints are kept beside the database; none: nowhere. */
  journal?: Journal;
  close(): Promise<void>;
}

/** Which rows a caller may see: nothing set means all (the admin). */
export interface Scope {
  system?: string;
  user?: string;
}
