import type { z } from 'zod';
import { CvError } from '../errors';
import { MAX_ITEMS } from '../changes/write-items';
import { check } from '../changes/check';
import { type CvDocument, LISTS, type ListSection } from '../cv-document';
import { itemId, PRESENT } from '../sections/fields';
import { type Item, withIds } from './item-ids';
import { ITEM_TABLES, LIST_KEYS, TEXT_ITEMS } from './item-tables';
import { isPresent } from './read-date';
import { at, readFields } from './read-fields';
import { readSkills, SKILL_FIELDS } from './read-skills';
import { type Fields, isEmpty, isFields } from './read-values';
import type { Report } from './report';

/** An entry of a list in a file, and where it stands. */
export interface Entry {
  object: Fields;
  path: string;
}

/**
 * The entries of a list, under whichever of its names; undefined where the file does not have it, or
 * nothing of it is understood. Empty ones are left out, as templates have them.
 */
export function entriesOf(file: Fields, section: ListSection, report: Report): Entry[] | undefined {
  const keys = LIST_KEYS[section].filter((key) => file[key] !== undefined && file[key] !== null);
  const lists = keys.filter((key) => {
    const isOne = typeof file[key] === 'object';
    if (!isOne) report.ignore(key, 'must be a list');
    return isOne;
  });
  const entries = lists.flatMap((key) => {
    const value = file[key];
    const isList = Array.isArray(value);
    const items: unknown[] = isList ? value : [value];
    return items.flatMap((item, index) => {
      const path = isList ? `${key}[${index}]` : key;
      if (isEmpty(item)) return [];
      if (typeof item === 'string') return { object: { [TEXT_ITEMS[section]]: item }, path };
      if (isFields(item)) return { object: item, path };
      report.ignore(path, 'must be an object');
      return [];
    });
  });
  const isGiven =
    lists.length > 0 && (entries.length > 0 || lists.every((key) => isEmpty(file[key])));
  return isGiven ? entries : undefined;
}

/**
 * The items of a list, with the ids of those of `current` that are the same; undefined where nothing of the
 * entries is understood.
 */
export function readItems<Name extends ListSection>(
  section: Name,
  entries: readonly Entry[],
  current: CvDocument,
  report: Report,
): CvDocument[Name] | undefined {
  const items = entries
    .map((entry) => readItem(section, entry, report))
    .filter(({ id, fields }) => id !== undefined || !isEmpty(fields));
  if (items.length === 0 && entries.length > 0) return undefined;
  if (items.length > MAX_ITEMS) {
    throw new CvError('CV_TOO_LARGE', `${section} takes at most ${MAX_ITEMS} items.`);
  }
  const named = withIds(section, items, current[section], report);
  const schema: z.ZodType<{ id: string }> = LISTS[section];
  return named.map((item, index) =>
    check(schema, item, items[index]?.path ?? section),
  ) as CvDocument[Name];
}

function readItem(section: ListSection, { object, path }: Entry, report: Report): Item {
  const table = ITEM_TABLES[section];
  const dated = Object.hasOwn(table, 'endDate') ? until(object, path, report) : object;
  const given = section === 'workExperience' ? splitHighlights(dated, path, report) : dated;
  const others = ['id', ...(section === 'skills' ? SKILL_FIELDS : [])];
  const fields = readFields(given, path, table, report, others);
  if (section === 'skills') Object.assign(fields, readSkills(given, fields, path, report));
  return { path, fields, id: ownId(object, path, report) };
}

function ownId(object: Fields, path: string, report: Report): string | undefined {
  if (isEmpty(object.id)) return undefined;
  const id = itemId.safeParse(typeof object.id === 'number' ? String(object.id) : object.id);
  if (!id.success) report.ignore(at(path, 'id'), 'is no id that the CV can have; it gets another');
  return id.data;
}

const GOES_ON = ['current', 'isCurrent', 'isCurrentRole'];

/** JSON Resume says "until today" by having no end date, or by a field that is not in the schema. */
function until(object: Fields, path: string, report: Report): Fields {
  const flags = GOES_ON.filter((key) => typeof object[key] === 'boolean');
  if (flags.length === 0) return object;
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !flags.includes(key)));
  if (isEmpty(object.endDate)) {
    return flags.some((key) => object[key] === true) ? { ...rest, endDate: PRESENT } : rest;
  }
  const hasEnded = typeof object.endDate !== 'string' || !isPresent(object.endDate);
  for (const key of flags) {
    if (object[key] === hasEnded) report.ignore(at(path, key), 'says other than endDate');
  }
  return rest;
}

/**
 * Takes out of the highlights those that `responsibilities` repeats, as our own files have them: the first
 * ones, or where somebody has changed the file, those that are there. An empty text stands in their place.
 */
function splitHighlights(object: Fields, path: string, report: Report): Fields {
  const { highlights, responsibilities } = object;
  if (!Array.isArray(highlights) || !Array.isArray(responsibilities)) return object;
  const duties: unknown[] = responsibilities;
  const points: unknown[] = highlights;
  if (duties.every((duty, index) => duty === points[index])) {
    return {
      ...object,
      highlights: points.map((point, index) => (index < duties.length ? '' : point)),
    };
  }
  if (!duties.some((duty) => points.includes(duty))) return object;
  for (const [index, duty] of duties.entries()) {
    if (!points.includes(duty) && !isEmpty(duty)) {
      report.ignore(`${path}.responsibilities[${index}]`, 'is none of the highlights');
    }
  }
  return {
    ...object,
    responsibilities: duties.map((duty) => (points.includes(duty) ? duty : '')),
    highlights: points.map((point) => (duties.includes(point) ? '' : point)),
  };
}
