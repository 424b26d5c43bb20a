import type { Database } from './databases/database';
import type { Sealer } from './sealing';

export type Dialect = 'sqlite' | 'postgres';

/**
 * An open database. On SQLite writes share one connection, so that a
 * transaction never waits for a lock of our own, and reads have their own
 * (write-ahead logging lets them run beside a write); on PostgreSQL each has a
 * pool, to the same primary. So `read` sees whatever was committed before it was
 * asked, by whomever, and what only reads asks it: it neither waits for a
 * transaction that is open, nor is refused while commits hang. Which is asked is
 * the business of the functions of this package alone.
 */
export interface OpenDatabase {
  dialect: Dialect;
  write: Database;
  read: Database;
  sealer: Sealer;
}
