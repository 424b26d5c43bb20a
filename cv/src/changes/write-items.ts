import { z } from 'zod';
import { type CvDocument, LISTS, type ListSection } from '../cv-document';
import { CvError } from '../errors';
import { itemId, name } from '../sections/fields';
import type { AppliedChange } from './applied-change';
import { check, findId, invalid, refuseRepeated } from './check';

interface Item {
  id: string;
}

/** What the items of a list are called by: who writes one says it, though an imported one may lack it. */
const TITLES: Readonly<Record<ListSection, readonly string[]>> = {
  workExperience: ['position', 'company'],
  education: ['institution'],
  skills: ['category'],
  projects: ['name'],
  languages: ['language'],
  certificates: ['name'],
  awards: ['title'],
  publications: ['name'],
  volunteer: ['organization'],
  interests: ['name'],
  references: ['name'],
};

/** How many items a list takes. */
export const MAX_ITEMS = 200;

/** Merges items into those with their ids (`update`), or takes new ones. */
export function writeItems(
  cv: CvDocument,
  action: 'update' | 'add',
  section: ListSection,
  data: unknown,
): AppliedChange {
  const given = Array.isArray(data) ? (data as unknown[]) : [data];
  if (given.length === 0) {
    throw invalid([{ path: 'data', message: 'must hold at least one item' }]);
  }
  const current: readonly Item[] = cv[section];
  const items = new Map(current.map((item) => [item.id, item]));
  const ids = given.map((entry, index) => {
    const path = Array.isArray(data) ? `data[${index}]` : 'data';
    const { id } = check(z.looseObject({ id: itemId }), entry, path);
    const known = items.get(findId([...items.keys()], id) ?? id);
    if (known !== undefined && action === 'add') {
      throw new CvError('ID_EXISTS', `${section} has an item "${known.id}" already; use update.`, [
        { path: `${path}.id`, message: 'exists already' },
      ]);
    }
    // The merged item is checked whole, so that an update of one field needs no other.
    const merged = { ...known, ...(entry as object), id: known?.id ?? id };
    const titles = TITLES[section].filter(
      (field) => !known || Object.hasOwn(entry as object, field),
    );
    items.set(merged.id, check(withTitles(section, titles), merged, path));
    return merged.id;
  });
  refuseRepeated(ids);
  if (items.size > MAX_ITEMS) {
    throw new CvError('CV_TOO_LARGE', `${section} takes at most ${MAX_ITEMS} items.`);
  }
  return { cv: { ...cv, [section]: [...items.values()] }, ids };
}

/** The list's schema of an item that has these titles. */
function withTitles(section: ListSection, titles: readonly string[]): z.ZodType<Item> {
  const schema: z.ZodObject<{ id: typeof itemId }> = LISTS[section];
  return schema.extend({
    ...Object.fromEntries(titles.map((field) => [field, name])),
    id: itemId,
  });
}
