const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?<month>${months.join('|')})`;
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
const shortDay = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longDay = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';

/** The three forms of an HTTP-date, all of which a recipient must accept (RFC 9110, 5.6.7). */
const httpDates = [
  new RegExp(`^${shortDay}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^${longDay}, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^${shortDay} ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3) as the milliseconds to wait from `nowMs`, an epoch
 * time. Zero for what lies in the past; undefined for what is neither delta-seconds nor an
 * HTTP-date. Seconds may have a fraction, which no standard has and floating-point numbers that are
 * printed do (`4.0`). There is no upper bound: that is for the delivery's expiry to set.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    return Math.min(Math.max(0, Math.ceil(Number(text) * 1_000)), Number.MAX_SAFE_INTEGER);
  }
  const at = parseHttpDate(text, nowMs);
  return at === undefined ? undefined : Math.max(0, at - nowMs);
}

function parseHttpDate(text: string, nowMs: number): number | undefined {
  const fields = httpDates.map((form) => form.exec(text)?.groups).find((groups) => groups);
  if (!fields) return undefined;
  const [day, hour, minute, second] = [
    Number(fields['day']),
    Number(fields['hour']),
    Number(fields['minute']),
    Number(fields['second']),
  ];
  const year = fullYear(fields['year'] ?? '', nowMs);
  const monthIndex = months.indexOf(fields['month'] ?? '');
  // 60 is a leap second. Date.UTC would carry 31 Feb or 25 h over into another date.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const at = new Date(Date.UTC(year, monthIndex, day, hour, minute, second));
  const date = new Date(Date.UTC(year, monthIndex, day));
  return date.getUTCDate() === day && date.getUTCMonth() === monthIndex ? at.getTime() : undefined;
}

/** RFC 9110: a two-digit year that seems more than 50 years ahead is the past one. */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const now = new Date(nowMs).getUTCFullYear();
  const year = now - (now % 100) + Number(digits);
  return year > now + 50 ? year - 100 : year;
}
