import { PRESENT } from '../../sections/fields';
import { joined } from './words';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Period {
  startDate?: string | undefined;
  endDate?: string | undefined;
}

/** `2018 – Present`, `Jan 2023 – Dec 2023`, `2021`; what has begun and has no end goes on. */
export function periodOf({ startDate, endDate }: Period): string {
  const end = endDate ?? (startDate === undefined ? undefined : PRESENT);
  const [from, until] = [startDate, end].map(dateInWords);
  return from === until ? (from ?? '') : joined([from, until], ' – ');
}

/** `12 Mar 2024`, `Mar 2024`, `2024`; anything else as it is. */
export function dateInWords(date: string | undefined): string {
  const [, year = '', month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date ?? '') ?? [];
  if (month === undefined) return date ?? '';
  const name = MONTHS[Number(month) - 1] ?? month;
  return joined([day === undefined ? '' : String(Number(day)), name, year], ' ');
}
