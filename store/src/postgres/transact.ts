import type { Sql, Value } from '../databases/database';
import { aboutServer, askServer, limits } from './about-server';
import { ANSWER_MS, atMost, type Opening, STATEMENT_MS, TOO_LONG } from './answer-times';
import type { Connection } from './connection';
import type { Connector } from './connector';
import type { Leased } from './lease';
import { throwOutage } from './outage-of';
import { query } from './query';
import { inTime } from './time-limit';

/**
 * Runs `work` in one transaction of a connection:
 *
 * - *Open*: its statements run. Where one takes too long, the connection is broken off: nothing can have
 *   been committed. Where `work` fails, all is rolled back, and the first error is told.
 * - *Committing*: where the answer takes too long, it may have been committed or not, and the connection
 *   stays with it (`leaveLate`).
 */
export async function transact<Result>(
  { connection, leaveLate }: Leased,
  { connector, opening }: { connector: Connector; opening: Opening },
  work: (transaction: Sql) => Promise<Result>,
): Promise<Result> {
  const statementMs = (): number => atMost(opening, STATEMENT_MS);
  let result: Result;
  try {
    await inTime(statementMs(), begin(connection, connector), () => connection.break(TOO_LONG));
    result = await work({
      isTransaction: true,
      run: (sql, bindings) =>
        runWithin(connection, statementMs(), sql, bindings).catch(throwOutage),
    });
  } catch (error) {
    // The error that is told is the first one, whatever becomes of this.
    await rollback(connection);
    throw error;
  }
  const answer = commit(connection);
  await inTime(atMost(opening, ANSWER_MS), answer, () => leaveLate(answer));
  return result;
}

async function begin(connection: Connection, connector: Connector): Promise<void> {
  if (!connection.pooled) {
    await connection.client.query('begin');
    return;
  }
  // The server is another one each time, and whoever has it next shall not find our settings.
  const about = aboutServer(connection.timeline !== undefined);
  const facts = await askServer(connection.client, `begin; ${limits('local')}; ${about}`);
  connector.meet(connection, facts);
}

/** A statement of a transaction: where it takes too long, nothing can have been committed. */
function runWithin(
  connection: Connection,
  milliseconds: number,
  sql: string,
  bindings: readonly Value[] = [],
): Promise<unknown[]> {
  return inTime(milliseconds, query(connection, sql, bindings), () => connection.break(TOO_LONG));
}

async function commit(connection: Connection): Promise<void> {
  const { command } = await connection.client.query('commit');
  // As PostgreSQL answers where a statement has failed before.
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
}

async function rollback(connection: Connection): Promise<void> {
  if (!connection.isUsable()) return;
  const answer = connection.client.query('rollback');
  await inTime(ANSWER_MS, answer, () => undefined).catch(() => connection.break(TOO_LONG));
}
