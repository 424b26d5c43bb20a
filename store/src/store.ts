import type { Committer } from './committer';
import type { Sql } from './databases/database';
import type { AcceptedLately } from './events/accepted-lately';
import type { Journal } from './journal/journal';
import type { OpenDatabase } from './open-database';
import type { Listening, WakeUpListener } from './wake-ups/wake-up';

/** An open database, with what this process keeps and hears beside it. */
export interface Store extends OpenDatabase {
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
