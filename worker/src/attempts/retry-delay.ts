import { extendedRetry, retryDelayMs, type System } from '@careerhooks/systems';
import type { DeliveryToMake } from '@careerhooks/store';

/**
 * Milliseconds to wait after failed attempt `attempt`, or undefined where it was
 * the last. Attempts from before a retry by hand do not count, and a test has
 * one attempt only.
 *
 * @param random at least 0 and less than 1: the share of the schedule's jitter.
 */
export function retryDelay(
  delivery: Pick<DeliveryToMake, 'isTest' | 'attemptsBeforeRound' | 'endpoint'>,
  system: System,
  attempt: number,
  random: number,
): number | undefined {
  if (delivery.isTest) return undefined;
  const schedule = delivery.endpoint.schedule === 'extended' ? extendedRetry : system.retry;
  const maxRetries = delivery.endpoint.maxRetries ?? schedule.maxRetries;
  return retryDelayMs({ ...schedule, maxRetries }, attempt - delivery.attemptsBeforeRound, random);
}
