import { DatabaseUnavailable } from '../errors';
import { TOO_LONG } from './answer-times';
import type { Connection } from './connection';
import type { Connector } from './connector';
import { inTime } from './time-limit';

/**
 * Connections on which an answer is overdue that may be to a commit: nobody waits for it any more, but
 * the server may. To close them and to make others would pile up servers that wait (a server that waits
 * for its standby does not notice that its client is gone), so that they stay, and are counted, until
 * they answer, or it is known that nobody waits.
 *
 * - *None late*: all may write. Every other second in which something was written, a look.
 * - *Some late*: a look each second. A look breaks off those whose server does nothing for them; all, where
 *   there is no server. Whatever is answered or broken off is not late any more.
 * - *Too many late*: nothing may be written (`refuse`) until fewer are.
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

/** What is late, and when it is looked at. */
interface Watch {
  readonly connector: Connector;
  readonly late: Set<Connection>;
  /** Since the last look. */
  isWriting: boolean;
  ticks: number;
  looking: Promise<void> | undefined;
}

export function watchLateAnswers(connector: Connector): LateAnswers {
  const late = new Set<Connection>();
  const watch: Watch = { connector, late, isWriting: false, ticks: 0, looking: undefined };
  const timer = setInterval(() => tick(watch), LOOK_EVERY_MS);
  timer.unref();
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
    written: () => void (watch.isWriting = true),
    async stop() {
      clearInterval(timer);
      await watch.looking;
      breakAll(late);
    },
  };
}

function tick(watch: Watch): void {
  watch.ticks += 1;
  const wanted = watch.late.size > 0 || (watch.isWriting && watch.ticks % LOOKS_APART === 0);
  if (!wanted || watch.looking !== undefined) return;
  watch.isWriting = false;
  watch.looking = look(watch)
    .catch(() => undefined)
    .finally(() => (watch.looking = undefined));
}

/**
 * A new connection tells whether another copy has taken over, which ends those to the one before; and
 * whether the server still works on what is late.
 */
async function look({ connector, late }: Watch): Promise<void> {
  let scout: Connection;
  try {
    scout = await connector.connect();
  } catch (error) {
    // Where there is nobody, nobody waits.
    if (error instanceof DatabaseUnavailable && error.outage === 'away') breakAll(late);
    return;
  }
  try {
    await breakIdle(late, scout);
  } finally {
    await scout.close();
  }
}

function breakAll(late: ReadonlySet<Connection>): void {
  for (const connection of late) connection.break('the server does not answer');
}

/** Those whose server does not know of anything to do: what was sent, or its answer, is lost. */
async function breakIdle(late: ReadonlySet<Connection>, scout: Connection): Promise<void> {
  const asked = [...late];
  if (asked.length === 0) return;
  const pids = asked.map(({ pid }) => pid);
  const answer = scout.client.query<{ pid: number }>(ACTIVE, [pids]);
  const { rows } = await inTime(LOOK_MS, answer, () => scout.break(TOO_LONG));
  const active = new Set(rows.map(({ pid }) => pid));
  for (const connection of asked) {
    if (late.has(connection) && !active.has(connection.pid)) {
      connection.break('the answer is lost');
    }
  }
}
