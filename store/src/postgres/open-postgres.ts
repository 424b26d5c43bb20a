import pg from 'pg';
import { Pool } from 'tarn';
import type { Database, Sql, Value } from '../databases/database';
import type { Connection } from './connection';
import type { Connector } from './connector';
import { aboutServer, askServer, limits } from './about-server';
import { watchLateAnswers } from './late';
import { numbered } from './numbered';
import { outageOf } from './outage-of';
import { inTime } from './time-limit';

/** How long a statement that writes, a commit, or the wait for a connection may take, in milliseconds. */
const ANSWER_MS = 3_000;
/** How long a statement of a transaction, or one that reads, may take. */
const STATEMENT_MS = 6_000;
/** How long a transaction may take in all, unless it is given less. */
const TRANSACTION_MS = 60_000;
/** A schema may take long to be brought up to date. */
const OPENING_MS = 24 * 3_600_000;

/** After so long without use a connection is closed. */
const IDLE_MS = 30_000;

/** A PostgreSQL database that is open. */
export interface Postgres {
  write: Database;
  /** As `write`; but it is not refused while commits hang. */
  read: Database;
}

/**
 * Opens pools of connections to the primary of a PostgreSQL: one to write, one to read.
 *
 * Whatever it is asked ends in time, in one of three ways: with its answer; with the first error, as
 * DatabaseUnavailable where that is the server's and not the statement's; or as DatabaseUnavailable
 * `hangs`. Where nothing can have been committed, the connection is closed then, and the server told to stop;
 * else the connection stays until it answers (`late.ts`).
 *
 * @param opening until it is done, a statement (a migration's, say) may take as long as it needs.
 */
export function openPostgres(
  connector: Connector,
  poolSize: number,
  opening: { done: boolean },
): Postgres {
  // Our bigints are Unix milliseconds and counts: far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const late = watchLateAnswers(connector);
  // One is for looking whether this is still the primary. However many commits hang, others read on.
  const others = Math.max(2, poolSize - 1);
  const readers = openPool(connector, Math.max(1, Math.floor(others / 2)));
  const writers = openPool(connector, others - Math.max(1, Math.floor(others / 2)));

  const atMost = (milliseconds: number): number => (opening.done ? milliseconds : OPENING_MS);

  async function acquire(pool: Pool<Connection>): Promise<Connection> {
    const waiting = pool.acquire();
    return inTime(atMost(ANSWER_MS), waiting.promise, () => waiting.abort());
  }

  /** Runs `work` on a connection of its own, which goes back when all that was asked of it is answered. */
  async function lease<Result>(
    pool: Pool<Connection>,
    work: (leased: Leased) => Promise<Result>,
  ): Promise<Result> {
    const connection = await acquire(pool);
    let answered: Promise<unknown> = Promise.resolve();
    try {
      return await work({
        connection,
        leaveLate(answer) {
          late.add(connection, answer);
          answered = answer;
        },
      });
    } finally {
      void answered.catch(() => undefined).finally(() => pool.release(connection));
    }
  }

  /** A statement by itself, which commits what it wrote. */
  function writeAlone(
    { connection, leaveLate }: Leased,
    sql: string,
    bindings: readonly Value[],
  ): Promise<unknown[]> {
    const answer = query(connection, sql, bindings);
    return inTime(atMost(ANSWER_MS), answer, () => leaveLate(answer));
  }

  /** A statement of a transaction: where it takes too long, nothing can have been committed. */
  function runWithin(
    connection: Connection,
    sql: string,
    bindings: readonly Value[] = [],
  ): Promise<unknown[]> {
    return inTime(atMost(STATEMENT_MS), query(connection, sql, bindings), () =>
      connection.break(TOO_LONG),
    );
  }

  async function begin(connection: Connection): Promise<void> {
    if (!connection.pooled) {
      await connection.client.query('begin');
      return;
    }
    // The server is another one each time, and whoever has it next shall not find our settings.
    const about = aboutServer(connection.timeline !== undefined);
    const facts = await askServer(connection.client, `begin; ${limits('local')}; ${about}`);
    connector.meet(connection, facts);
  }

  async function rollback(connection: Connection): Promise<void> {
    if (!connection.isUsable()) return;
    const answer = connection.client.query('rollback');
    await inTime(ANSWER_MS, answer, () => undefined).catch(() => connection.break(TOO_LONG));
  }

  async function transact<Result>(
    { connection, leaveLate }: Leased,
    work: (transaction: Sql) => Promise<Result>,
  ): Promise<Result> {
    let result: Result;
    try {
      await inTime(atMost(STATEMENT_MS), begin(connection), () => connection.break(TOO_LONG));
      result = await work({
        isTransaction: true,
        run: (sql, bindings) => runWithin(connection, sql, bindings).catch(throwOutage),
      });
    } catch (error) {
      // The error that is told is the first one, whatever becomes of this.
      await rollback(connection);
      throw error;
    }
    const answer = commit(connection);
    await inTime(atMost(ANSWER_MS), answer, () => leaveLate(answer));
    return result;
  }

  async function transaction<Result>(
    work: (transaction: Sql) => Promise<Result>,
    { withinMs = TRANSACTION_MS }: { withinMs?: number } = {},
  ): Promise<Result> {
    late.refuse();
    late.written();
    let abandon: () => void = () => undefined;
    const done = lease(writers, (leased) => {
      let isWorking = true;
      abandon = () => isWorking && leased.connection.break(TOO_LONG);
      return transact(leased, async (on) => {
        const result = await work(on);
        isWorking = false;
        return result;
      });
    });
    return inTime(atMost(withinMs), done, () => abandon()).catch(throwOutage);
  }

  async function read(
    sql: string,
    bindings: readonly Value[] = [],
    { withinMs = STATEMENT_MS }: { withinMs?: number } = {},
  ): Promise<unknown[]> {
    return lease(readers, ({ connection }) =>
      // Nobody misses what was only read: it is ended on the server, too.
      inTime(atMost(withinMs), query(connection, sql, bindings), () => connection.break(TOO_LONG)),
    ).catch(throwOutage);
  }

  async function write(sql: string, bindings: readonly Value[] = []): Promise<unknown[]> {
    late.refuse();
    late.written();
    return lease(writers, (leased) =>
      // Behind a pooler only a transaction has settings of its own.
      leased.connection.pooled
        ? transact(leased, (on) => on.run(sql, bindings))
        : writeAlone(leased, sql, bindings),
    ).catch(throwOutage);
  }

  let closing: Promise<unknown> | undefined;
  async function close(): Promise<void> {
    closing ??= late.stop().then(() => Promise.all([readers.destroy(), writers.destroy()]));
    await closing;
  }

  return {
    write: { isTransaction: false, run: write, transaction, close },
    read: { isTransaction: false, run: read, transaction, close },
  };
}

function openPool(connector: Connector, max: number): Pool<Connection> {
  return new Pool<Connection>({
    create: () => connector.connect(),
    validate: (connection) => connection.isUsable(),
    destroy: (connection) => connection.close(),
    min: 0,
    max,
    // What is waited for has limits of its own.
    acquireTimeoutMillis: OPENING_MS,
    createTimeoutMillis: OPENING_MS,
    idleTimeoutMillis: IDLE_MS,
    propagateCreateError: true,
  });
}

const TOO_LONG = 'it took too long';

/** A connection that is in use. */
interface Leased {
  connection: Connection;
  /** Nobody waits for this answer any more, but the connection does: it may be to a commit. */
  leaveLate: (answer: Promise<unknown>) => void;
}

async function query(
  connection: Connection,
  sql: string,
  bindings: readonly Value[],
): Promise<unknown[]> {
  const { rows } = await connection.client.query<Record<string, unknown>>(numbered(sql), [
    ...bindings,
  ]);
  return rows;
}

async function commit(connection: Connection): Promise<void> {
  const { command } = await connection.client.query('commit');
  // As PostgreSQL answers where a statement has failed before.
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
}

function throwOutage(error: unknown): never {
  throw outageOf(error);
}
