import { dateInWords } from '../../date-in-words';
import { PRESENT } from '../../sections/fields';
import { joined } from './words';

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
