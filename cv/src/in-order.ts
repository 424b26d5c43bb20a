import { type CvDocument, isList, type ListSection } from './cv-document';
import { PRESENT } from './sections/fields';

/** The fields that an item of any list may have for its time. */
interface Dated {
  startDate?: string | undefined;
  endDate?: string | undefined;
  date?: string | undefined;
  releaseDate?: string | undefined;
}

/**
 * The CV with each list in the order in which it is shown: newest first, where its items have dates and
 * nobody arranged it. What goes on comes before what ended; what has no date stays behind, as it was.
 */
export function inOrder(cv: CvDocument): CvDocument {
  const sorted = { ...cv };
  for (const section of Object.keys(cv) as (keyof CvDocument)[]) {
    if (section === 'arranged' || section === 'meta' || !isList(section)) continue;
    if (cv.arranged?.includes(section) !== true) sortByDate(sorted, section);
  }
  return sorted;
}

function sortByDate<Name extends ListSection>(cv: CvDocument, section: Name): void {
  const items: CvDocument[Name] & Dated[] = cv[section];
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  keyed.sort((left, right) => (left.key === right.key ? 0 : left.key < right.key ? 1 : -1));
  (cv as Record<ListSection, Dated[]>)[section] = keyed.map(({ item }) => item);
}

/** Sorts as the times do: the end, then the beginning, each padded to a day. */
function keyOf({ startDate, endDate, date, releaseDate }: Dated): string {
  const single = date ?? releaseDate;
  if (single !== undefined) return lastDay(single);
  if (startDate === undefined && endDate === undefined) return '';
  const end = endDate === undefined || endDate === PRESENT ? '9999' : endDate;
  return `${lastDay(end)} ${startDate ?? ''}`;
}

/** `2018` is over at its end: `2018-99-99`, behind every day in it. */
function lastDay(date: string): string {
  return `${date}-99-99`.slice(0, 10);
}
