import { type CvDocument, LISTS, type ListSection } from './cv-document';
import { PRESENT } from './sections/fields';

/** The fields that an item of any list may have for its time. */
interface Dated {
  id: string;
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
  const lists = (Object.keys(LISTS) as ListSection[])
    .filter((section) => cv.arranged?.includes(section) !== true)
    .map((section) => [section, newestFirst<Dated>(cv[section])]);
  return { ...cv, ...(Object.fromEntries(lists) as Partial<CvDocument>) };
}

/** Stable: what has no dates stays in its order. */
function newestFirst<Item extends Dated>(items: readonly Item[]): Item[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  keyed.sort((left, right) => (left.key === right.key ? 0 : left.key < right.key ? 1 : -1));
  return keyed.map(({ item }) => item);
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
