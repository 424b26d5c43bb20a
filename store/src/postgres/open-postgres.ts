import pg from 'pg';
import type { Pool } from 'tarn';
import type { Database, Sql, Value } from '../databases/database';
import {
  ANSWER_MS,
  atMost,
  type Opening,
  STATEMENT_MS,
  TOO_LONG,
  TRANSACTION_MS,
} from './answer-times';
import type { Connection } from './connection';
import type { Connector } from './connector';
import { type LateAnswers, watchLateAnswers } from './late';
import { lease, type Leased, openPool } from './lease';
import { throwOutage } from './outage-of';
import { query } from './query';
import { inTime } from './time-limit';
import { transact } from './transact';

/** A PostgreSQL database that is open. */
export interface Postgres {
  write: Database;
  /** As `write`; but it is not refused while commits hang. */
  read: Database;
}

/** What it is made of. */
interface Parts {
  readonly connector: Connector;
  readonly opening: Opening;
  readonly late: LateAnswers;
  readonly readers: Pool<Connection>;
  readonly writers: Pool<Connection>;
  closing: Promise<unknown> | undefined;
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
export function openPostgres(connector: Connector, poolSize: number, opening: Opening): Postgres {
  // Our bigints are Unix milliseconds and counts: far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  // One is for looking whether this is still the primary. However many commits hang, others read on.
  const others = Math.max(2, poolSize - 1);
  const forReading = Math.max(1, Math.floor(others / 2));
  const parts: Parts = {
    connector,
    opening,
    late: watchLateAnswers(connector),
    readers: openPool(connector, forReading),
    writers: openPool(connector, others - forReading),
    closing: undefined,
  };
  const shared: Pick<Database, 'isTransaction' | 'transaction' | 'close'> = {
    isTransaction: false,
    transaction: (work, limit) => transaction(parts, work, limit),
    close: () => close(parts),
  };
  return {
    write: { ...shared, run: (sql, bindings) => write(parts, sql, bindings) },
    read: { ...shared, run: (sql, bindings, limit) => read(parts, sql, bindings, limit) },
  };
}

async function transaction<Result>(
  parts: Parts,
  work: (transaction: Sql) => Promise<Result>,
  { withinMs = TRANSACTION_MS }: { withinMs?: number } = {},
): Promise<Result> {
  const { late, writers, opening } = parts;
  late.refuse();
  late.written();
  let abandon: () => void = () => undefined;
  const done = lease(writers, parts, (leased) => {
    let isWorking = true;
    abandon = () => isWorking && leased.connection.break(TOO_LONG);
    return transact(leased, parts, async (on) => {
      const result = await work(on);
      isWorking = false;
      return result;
    });
  });
  return inTime(atMost(opening, withinMs), done, () => abandon()).catch(throwOutage);
}

async function read(
  parts: Parts,
  sql: string,
  bindings: readonly Value[] = [],
  { withinMs = STATEMENT_MS }: { withinMs?: number } = {},
): Promise<unknown[]> {
  return lease(parts.readers, parts, ({ connection }) =>
    // Nobody misses what was only read: it is ended on the server, too.
    inTime(atMost(parts.opening, withinMs), query(connection, sql, bindings), () =>
      connection.break(TOO_LONG),
    ),
  ).catch(throwOutage);
}

async function write(
  parts: Parts,
  sql: string,
  bindings: readonly Value[] = [],
): Promise<unknown[]> {
  parts.late.refuse();
  parts.late.written();
  return lease(parts.writers, parts, (leased) =>
    // Behind a pooler only a transaction has settings of its own.
    leased.connection.pooled
      ? transact(leased, parts, (on) => on.run(sql, bindings))
      : writeAlone(leased, parts.opening, sql, bindings),
  ).catch(throwOutage);
}

/** A statement by itself, which commits what it wrote. */
function writeAlone(
  { connection, leaveLate }: Leased,
  opening: Opening,
  sql: string,
  bindings: readonly Value[],
): Promise<unknown[]> {
  const answer = query(connection, sql, bindings);
  return inTime(atMost(opening, ANSWER_MS), answer, () => leaveLate(answer));
}

async function close(parts: Parts): Promise<void> {
  const { late, readers, writers } = parts;
  parts.closing ??= late.stop().then(() => Promise.all([readers.destroy(), writers.destroy()]));
  await parts.closing;
}
