import type { Socket } from 'node:net';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import type { Database, Sql } from './database';

/** Within which a connection has to be made, in milliseconds. */
const CONNECT_MS = 3_000;
/** Within which one of the pool has to be free. */
const ACQUIRE_MS = 10_000;

/**
 * A server that is silent for this long, in milliseconds, while it is asked
 * something, is taken for gone, and its connection is closed. To time out the
 * query alone would leave its transaction open, for the connection's next user
 * to commit.
 */
const SILENCE_MS = 6_000;

/**
 * A process that stands still in the middle of a transaction (stopped, or its
 * machine asleep) holds up whoever needs the same rows for no longer than this,
 * in milliseconds.
 */
const STANDSTILL_MS = 10_000;

/**
 * Errors are logged where they are caught, not by knex itself; they show
 * statements, but none of the values, which are people's data.
 */
const QUIET = { compileSqlOnError: false, log: { warn: () => undefined } };

/**
 * Opens a pool of connections to PostgreSQL.
 *
 * @param opening until it is done, a statement (a migration's, say) may take as long as it needs.
 */
export function openPostgres(
  databaseUrl: string,
  poolSize: number,
  opening: { done: boolean },
): Database {
  // Our bigints are Unix milliseconds and counts: far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = knex({
    client: 'pg',
    ...QUIET,
    connection: {
      connectionString: databaseUrl,
      application_name: 'careerhooks',
      connectionTimeoutMillis: CONNECT_MS,
      idle_in_transaction_session_timeout: STANDSTILL_MS,
    },
    pool: {
      min: 0,
      max: poolSize,
      afterCreate: (
        client: { connection: { stream: Socket } },
        done: (error: null, client: unknown) => void,
      ) => {
        const { stream } = client.connection;
        stream.setTimeout(SILENCE_MS).on('timeout', () => {
          if (opening.done) stream.destroy(new Error('Connection terminated: no answer'));
        });
        done(null, client);
      },
    },
    acquireConnectionTimeout: ACQUIRE_MS,
  });
  return {
    ...sqlOn(pool, false),
    transaction: (work) => pool.transaction((transaction) => work(sqlOn(transaction, true))),
    close: () => pool.destroy(),
  };
}

function sqlOn(on: Knex, isTransaction: boolean): Sql {
  return {
    isTransaction,
    async run(sql, bindings = []) {
      const { rows } = await on.raw<{ rows: unknown[] }>(sql, bindings);
      return rows;
    },
  };
}
