const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR = '([12]\\d{3})';
const WORD = '([A-Za-z]{3,9})\\.?';

/** What follows a day: `T22:00:00.000Z`, ` 10:00 PM`. */
const TIME =
  '[T ]\\d{1,2}(?::?\\d{2}){0,2}(?:[.,]\\d+)?(?: ?[AaPp][Mm])? ?(?:Z|UTC|GMT)?(?:[+-]\\d{2}(?::?\\d{2})?)?';

/** Each way to write a date, with what its parts are. */
const WAYS: readonly [RegExp, (parts: string[]) => string | undefined][] = [
  // 2018, 2018-01, 2018-1-31, 2018/01/31, 2018.01; what is behind a day is its time.
  [
    new RegExp(`^${YEAR}(?:([-/.])(\\d{1,2})(?:\\2(\\d{1,2})(?:${TIME})?)?)?$`),
    ([year, , month, day]) => joined(year, month, day),
  ],
  // 2018-W05
  [
    new RegExp(`^${YEAR}-?W(\\d{2})(?:-?([1-7]))?$`),
    ([year, week, day]) => ofWeek(year, week, day),
  ],
  // 01/2018
  [new RegExp(`^(\\d{1,2})[-/.]${YEAR}$`), ([month, year]) => joined(year, month)],
  // Jan 2018, January, 2018
  [new RegExp(`^${WORD},? ${YEAR}$`), ([month, year]) => joined(year, monthOf(month))],
  // 2018 January
  [new RegExp(`^${YEAR},? ${WORD}$`), ([year, month]) => joined(year, monthOf(month))],
  // 31 January 2018
  [
    new RegExp(`^(\\d{1,2})(?:st|nd|rd|th|\\.)? ${WORD},? ${YEAR}$`),
    ([day, month, year]) => joined(year, monthOf(month), day),
  ],
  // January 31st, 2018
  [
    new RegExp(`^${WORD} (\\d{1,2})(?:st|nd|rd|th)?,? ${YEAR}$`),
    ([month, day, year]) => joined(year, monthOf(month), day),
  ],
];

/**
 * A date as people and programs write it, as the CV has it: `2018`, `2018-01` or `2018-01-31`. Undefined
 * where it is none, or could be two days, as `01/02/2018` could.
 */
export function readDate(text: string): string | undefined {
  const plain = text.trim().replace(/\s+/g, ' ');
  for (const [pattern, read] of WAYS) {
    const parts = pattern.exec(plain);
    if (parts !== null) return read(parts.slice(1));
  }
  return undefined;
}

/** Whether a text says that something goes on. */
export function isPresent(text: string): boolean {
  return /^(present|now|current|currently|today|ongoing|to date|till date)$/i.test(text.trim());
}

/** A month or day of zero is one that is not known. */
function joined(year?: string, month?: string, day?: string): string | undefined {
  if (year === undefined) return undefined;
  const parts = [year];
  for (const part of [month, day]) {
    if (part === undefined || Number(part) === 0) break;
    parts.push(part.padStart(2, '0'));
  }
  return parts.join('-');
}

/** `no month`, which no date has, where the word is none. */
function monthOf(word = ''): string {
  const index = MONTHS.indexOf(word.slice(0, 3).toLowerCase());
  return index === -1 ? 'no month' : String(index + 1);
}

/** The day of an ISO week: its Monday unless another is named. Undefined for a week that the year lacks. */
function ofWeek(year?: string, week?: string, day = '1'): string | undefined {
  const fourth = new Date(`${year}-01-04T00:00:00Z`);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  const dayOf = (weekday: number): Date =>
    new Date(monday + ((Number(week) - 1) * 7 + weekday - 1) * 86_400_000);
  // A week is of the year that has its Thursday.
  if (dayOf(4).getUTCFullYear() !== Number(year)) return undefined;
  return dayOf(Number(day)).toISOString().slice(0, 10);
}
