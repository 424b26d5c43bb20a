import { DELIVERY_LIFETIME_MS, extendedRetry, retryDelayMs } from '@careerhooks/systems';
import type { RetrySchedule } from '@careerhooks/systems';
import { system } from '../../support/sample-deliveries';

/** Every delay in seconds until the schedule is used up. */
function delays(schedule: RetrySchedule): number[] {
  const seconds: number[] = [];
  for (let attempt = 1; ; attempt++) {
    const delay = retryDelayMs(schedule, attempt, 0.999);
    if (delay === undefined) return seconds;
    seconds.push(delay / 1000);
  }
}

test.each([
  ['roleready', [1, 5, 15]],
  ['pathfinder', [1, 2]],
  ['resumebuilder', [10, 20, 40]],
  ['proposals', [0, 1, 2, 4, 8]],
  ['cv', [1, 2, 4]],
])('%s retries by its document, to the millisecond', (key, expected) => {
  expect(delays(system(key).retry)).toEqual(expected);
});

test('ResumeBuilder goes on doubling for an endpoint that chooses ten retries', () => {
  const schedule = { ...system('resumebuilder').retry, maxRetries: 10 };
  expect(delays(schedule)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]);
});

test('an endpoint may choose fewer retries, or none', () => {
  expect(delays({ ...system('roleready').retry, maxRetries: 1 })).toEqual([1]);
  expect(delays({ ...system('roleready').retry, maxRetries: 0 })).toEqual([]);
});

test('the last delay repeats where there are more retries than delays', () => {
  expect(delays({ ...system('roleready').retry, maxRetries: 5 })).toEqual([1, 5, 15, 15, 15]);
});

test('the extended schedule is the one of Standard Webhooks, and does not end by itself', () => {
  const at = [1, 2, 3, 4, 5, 6, 7, 100].map((n) => retryDelayMs(extendedRetry, n, 0)! / 1000);
  expect(at).toEqual([5, 300, 1800, 7200, 18000, 36000, 36000, 36000]);
});

test('jitter only ever lengthens a delay, by its share at most', () => {
  expect(retryDelayMs(extendedRetry, 1, 0)).toBe(5000);
  expect(retryDelayMs(extendedRetry, 1, 0.5)).toBe(5250);
  expect(retryDelayMs(extendedRetry, 1, 0.9999)).toBe(5500);
});

test.each([0, -1, 1.5, NaN])('refuses %s as the number of an attempt', (attempt) => {
  expect(() => retryDelayMs(extendedRetry, attempt, 0)).toThrow(RangeError);
});

test('a delivery lives for a day', () => {
  expect(DELIVERY_LIFETIME_MS).toBe(86_400_000);
});
