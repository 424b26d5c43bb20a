import { DatabaseUnavailable } from '../errors';

/** A timer that is late by this much, in milliseconds, says that this process stood still, not the database. */
const STALL_MS = 250;
/** What a process that stood still has, in milliseconds, to read the answers that came meanwhile. */
const GRACE_MS = 100;

/**
 * What `answer` gives, if it does within `withinMs` milliseconds; else DatabaseUnavailable `hangs`.
 *
 * @param over called when the time is over before.
 */
export async function inTime<Answer>(
  withinMs: number,
  answer: Promise<Answer>,
  over: () => void,
): Promise<Answer> {
  const limit = startLimit(withinMs);
  // Not before whoever waits has been told.
  limit.over.catch(over);
  try {
    return await Promise.race([answer, limit.over]);
  } finally {
    limit.end();
  }
}

function startLimit(withinMs: number): { over: Promise<never>; end(): void } {
  let giveUp: (error: DatabaseUnavailable) => void = () => undefined;
  const over = new Promise<never>((_, reject) => (giveUp = reject));
  let dueAt = performance.now() + withinMs;
  let timer = setTimeout(ring, withinMs);

  function ring(): void {
    if (performance.now() > dueAt + STALL_MS) {
      dueAt = performance.now() + GRACE_MS;
      timer = setTimeout(ring, GRACE_MS);
      return;
    }
    giveUp(
      new DatabaseUnavailable('hangs', `PostgreSQL has not answered within ${withinMs / 1000} s.`),
    );
  }

  return { over, end: () => clearTimeout(timer) };
}
