import { parseRetryAfter } from '@careerhooks/egress';

const now = Date.UTC(2026, 0, 15, 12, 0, 0);

test.each<[string | undefined, number | undefined]>([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['007', 7_000],
  ['-5', 0],
  ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ['Thu, 15 Jan 2026 12:01:00 GMT', 60_000],
  ['Thu, 15 Jan 2026 11:59:59 GMT', 0],
  ['Thursday, 15-Jan-26 12:00:30 GMT', 30_000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['Thu Jan 15 12:00:10 2026', 10_000],
  ['Sun Feb  1 12:00:00 2026', 17 * 86_400_000],
  ['Thu, 15 Jan 2026 23:59:60 GMT', 12 * 3_600_000],
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['+5', undefined],
  ['--5', undefined],
  ['5s', undefined],
  ['5, 10', undefined],
  ['2026-01-15T12:01:00Z', undefined],
  ['Thu, 15 Jan 2026 12:01:00', undefined],
  ['Thu, 15 Jan 2026 12:01:00 UTC', undefined],
  ['Thu, 15 Jan 2026 12:01:00 GMT+1', undefined],
  ['Thu, 15 jan 2026 12:01:00 GMT', undefined],
  ['Thu, 15 Jan 26 12:01:00 GMT', undefined],
  ['Mon, 31 Feb 2026 12:01:00 GMT', undefined],
  ['Thu, 00 Jan 2026 12:01:00 GMT', undefined],
  ['Thu, 15 Jan 2026 24:01:00 GMT', undefined],
  ['Thu, 15 Jan 2026 12:60:00 GMT', undefined],
  ['Thu, 15 Jan 2026 12:01:61 GMT', undefined],
])('%j is %j ms', (value, delay) => {
  expect(parseRetryAfter(value, now)).toBe(delay);
});
