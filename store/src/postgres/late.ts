import { DatabaseUnavailable } from '../errors';
import type { Connection } from './connection';
import type { Connector } from './connector';
import { inTime } from './time-limit';

/**
 * Connections on which an answer is overdue that may be to a commit: nobody waits for it any more, but
 * the server may. To close them and to make others would pile up servers that wait (a server that waits
 * for its standby does not notice that its client is gone), so that they stay, and are counted, until
 * they answer, or it is known that nobody waits.
 */
export interface LateAnswers {
  /** @param answered settles when the answer has come, or the connection is gone. */
  add(connection: Connection, answered: Promise<unknown>): void;
  /** Throws DatabaseUnavailable where so many are late that another would be, too. */
  refuse(): void;
  /** Something is being written: from time to time, look whether this is still the primary. */
  written(): void;
  stop(): Promise<void>;
}

/** As many may be late before nothing more is written; the other connections are for reading. */
const MOST_LATE = 3;
const LOOK_EVERY_MS = 1_000;
/** How long a look may take. */
const LOOK_MS = 3_000;
/** How many looks apart, while nothing is late but something is written. */
const LOOKS_APART = 2;

/** A server that asks for `select pid …` may not see what other users' servers do; these are ours. */
const ACTIVE = "select pid from pg_stat_activity where pid = any($1) and state = 'active'";

export function watchLateAnswers(connector: Connector): LateAnswers {
  const late = new Set<Connection>();
  let isWriting = false;
  let ticks = 0;
  let looking: Promise<void> | undefined;

  const timer = setInterval(() => {
    ticks += 1;
    const wanted = late.size > 0 || (isWriting && ticks % LOOKS_APART === 0);
    if (!wanted || looking !== undefined) return;
    isWriting = false;
    looking = look()
      .catch(() => undefined)
      .finally(() => (looking = undefined));
  }, LOOK_EVERY_MS);
  timer.unref();

  /**
   * A new connection tells whether another copy has taken over, which ends those to the one before; and
   * whether the server still works on what is late.
   */
  async function look(): Promise<void> {
    let scout: Connection;
    try {
      scout = await connector.connect();
    } catch (error) {
      // Where there is nobody, nobody waits.
      if (error instanceof DatabaseUnavailable && error.outage === 'away') breakAll();
      return;
    }
    try {
      await breakIdle(scout);
    } finally {
      await scout.close();
    }
  }

  function breakAll(): void {
    for (const connection of late) connection.break('the server does not answer');
  }

  /** Those whose server does not know of anything to do: what was sent, or its answer, is lost. */
  async function breakIdle(scout: Connection): Promise<void> {
    const asked = [...late];
    if (asked.length === 0) return;
    const pids = asked.map(({ pid }) => pid);
    const answer = scout.client.query<{ pid: number }>(ACTIVE, [pids]);
    const { rows } = await inTime(LOOK_MS, answer, () => scout.break('it took too long'));
    const active = new Set(rows.map(({ pid }) => pid));
    for (const connection of asked) {
      if (late.has(connection) && !active.has(connection.pid))
        connection.break('the answer is lost');
    }
  }

  return {
    add(connection, answered) {
      late.add(connection);
      answered.then(
        () => late.delete(connection),
        () => late.delete(connection),
      );
    },
    refuse() {
      if (late.size < MOST_LATE) return;
      throw new DatabaseUnavailable(
        'hangs',
        `PostgreSQL has not answered ${late.size} writes in time: it may be waiting for its standby.`,
      );
    },
    written: () => void (isWriting = true),
    async stop() {
      clearInterval(timer);
      await looking;
      breakAll();
    },
  };
}
