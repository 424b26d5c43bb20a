import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptLog, AttemptRecord, RecordOutcome } from '@careerhooks/store';
import type { Logger } from 'pino';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/**
 * Records an attempt that was made, however long the database is away: giving up
 * would have the attempt made again, once for every try of its activity, to a
 * receiver that has it already. Whoever asks for the attempt meanwhile joins it.
 * `unknown` where the database answers that it has no such delivery.
 */
export async function recordUntilDurable(
  attemptLog: AttemptLog,
  record: AttemptRecord,
  log: Logger,
): Promise<RecordOutcome> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      const [outcome = 'recorded'] = await attemptLog.add([record]);
      return outcome;
    } catch (error) {
      log.warn(
        { err: error, delivery: record.deliveryId, attempt: record.number },
        'an attempt was made but cannot be recorded; trying again',
      );
    }
    // Does not keep a process alive that has been told to stop.
    await sleep(waitMs, undefined, { ref: false });
  }
}
