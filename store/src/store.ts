import type { Database, Sql } from './databases/database';
import type { Committer } from './committer';
import type { AcceptedLately } from './events/accepted-lately';
import type { Journal } from './journal/journal';
import type { Sealer } from './sealing';
import type { Listening, WakeUpListener } from './wake-ups/wake-up';

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
export interface Store {
  dialect: Dialect;
  write: Database;
  read: Database;
  sealer: Sealer;
  /** Where group commits share their transactions; without it each has its own. */
  committer?: Committer<Sql>;
  /** Where changes of endpoints and keys are kept beside the database; none: nowhere. */
  journal?: Journal;
  /** What this process has accepted lately, should a failover lose it; none on SQLite, which has none. */
  lately?: AcceptedLately;
  /** Hears what other processes leave for dispatchers; none on SQLite, where there are no others. */
  listen?(listener: WakeUpListener): Listening;
  /**
   * Calls back each time when another copy of the database has taken over, which may lack what the one
   * before had committed last; none on SQLite, which has no copies.
   */
  onFailover?(listener: () => void): void;
  /** How large SQLite's write-ahead log is, in bytes. */
  walBytes?: () => number;
  close(): Promise<void>;
}

/** Which rows a caller may see: nothing set means all (the admin). */
export interface Scope {
  system?: string;
  user?: string;
}
