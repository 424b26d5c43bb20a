import { dateInWords } from '../date-in-words';
import { PRESENT } from '../sections/fields';
import { markup, type Markup } from './markup';

/** A date as exact as the CV has it: `2018`, `Mar 2021`, `4 May 2019`. */
export function dateOf(date: string | undefined, className: string): Markup | undefined {
  if (date === undefined) return undefined;
  return markup`<time class="${className}" datetime="${date}">${dateInWords(date)}</time>`;
}

/** `Mar 2021 – Present`; undefined where neither end is known. */
export function periodOf(item: {
  startDate?: string | undefined;
  endDate?: string | undefined;
}): Markup | undefined {
  const { startDate, endDate } = item;
  const start = dateOf(startDate, 'dt-start');
  const end = endDate === PRESENT ? markup`${PRESENT}` : dateOf(endDate, 'dt-end');
  if (start === undefined) return end && markup`${endDate === PRESENT ? '' : 'until '}${end}`;
  if (startDate === endDate) return start;
  return markup`${start} – ${end ?? PRESENT}`;
}
