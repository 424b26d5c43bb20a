import { Pool } from 'tarn';
import { ANSWER_MS, atMost, type Opening, OPENING_MS } from './answer-times';
import type { Connection } from './connection';
import type { Connector } from './connector';
import type { LateAnswers } from './late';
import { inTime } from './time-limit';

/** After so long without use a connection is closed. */
const IDLE_MS = 30_000;

/** Up to `max` connections, each made when it is needed. */
export function openPool(connector: Connector, max: number): Pool<Connection> {
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

/**
 * A connection of a pool that is in use:
 *
 * - *Leased* to one piece of work at a time. When that has ended it is back in the pool, or closed where
 *   it was broken off.
 * - *Late*, by `leaveLate`: the work has ended without its last answer, and nobody else gets the
 *   connection. When the answer comes it is back in the pool.
 */
export interface Leased {
  connection: Connection;
  /** Nobody waits for this answer any more, but the connection does: it may be to a commit. */
  leaveLate: (answer: Promise<unknown>) => void;
}

/** Runs `work` on a connection of its own, which goes back when all that was asked of it is answered. */
export async function lease<Result>(
  pool: Pool<Connection>,
  { late, opening }: { late: LateAnswers; opening: Opening },
  work: (leased: Leased) => Promise<Result>,
): Promise<Result> {
  const waiting = pool.acquire();
  const connection = await inTime(atMost(opening, ANSWER_MS), waiting.promise, () =>
    waiting.abort(),
  );
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
