import type { RetrySchedule } from './system';

/** How long after its event was accepted a delivery is given up, in milliseconds: 24 hours. */
export const DELIVERY_LIFETIME_MS = 24 * 60 * 60 * 1000;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The schedule that Standard Webhooks recommends, for endpoints that ask for it. Its last
 * delay repeats until the delivery expires.
 */
export const extendedRetry: RetrySchedule = {
  delaysMs: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR],
  maxRetries: Infinity,
  jitter: 0.1,
};

/**
 * How many milliseconds to wait after failed attempt `failedAttempt` (counted from 1), or
 * undefined when the schedule is used up.
 *
 * @param random at least 0 and less than 1: how much of the schedule's jitter is added.
 * @throws {RangeError} if the attempt is not a whole number from 1 up.
 */
export function retryDelayMs(
  schedule: RetrySchedule,
  failedAttempt: number,
  random: number,
): number | undefined {
  if (!Number.isInteger(failedAttempt) || failedAttempt < 1) {
    throw new RangeError(`Attempts are counted from 1, not ${failedAttempt}.`);
  }
  if (failedAttempt > schedule.maxRetries) return undefined;
  const delay = schedule.delaysMs[failedAttempt - 1] ?? schedule.delaysMs.at(-1) ?? 0;
  return Math.round(delay * (1 + schedule.jitter * random));
}
