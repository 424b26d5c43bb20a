import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { foldCase } from '../changes/check';
import type { ListSection } from '../cv-document';
import { tidy } from './compare-cvs';
import type { Fields } from './read-values';
import type { Report } from './report';

/** An item as it was read. */
export interface Item {
  path: string;
  fields: Fields;
  /** What the file calls it. */
  id: string | undefined;
}

/** What tells an item of each list from the others of it, and is part of its id. */
const IDENTITIES: Readonly<Record<ListSection, { kind: string; fields: readonly string[] }>> = {
  workExperience: { kind: 'work', fields: ['company', 'position', 'startDate'] },
  education: { kind: 'education', fields: ['institution', 'studyType', 'area', 'startDate'] },
  skills: { kind: 'skills', fields: ['category'] },
  projects: { kind: 'project', fields: ['name', 'startDate'] },
  languages: { kind: 'language', fields: ['language'] },
  certificates: { kind: 'certificate', fields: ['name', 'date'] },
  awards: { kind: 'award', fields: ['title', 'date'] },
  publications: { kind: 'publication', fields: ['name', 'releaseDate'] },
  volunteer: { kind: 'volunteer', fields: ['organization', 'position', 'startDate'] },
  interests: { kind: 'interest', fields: ['name'] },
  references: { kind: 'reference', fields: ['name'] },
};

const MAX_SLUG = 80;

/**
 * The items with their ids: the file's own; else that of the present item which is the same thing, the
 * one with the very same content before others; else one made of what they say, which comes out the same each
 * time: `acme-senior-engineer-2018`.
 */
export function withIds(
  section: ListSection,
  items: readonly Item[],
  present: readonly { id: string }[],
  report: Report,
): Fields[] {
  const taken = new Set<string>();
  const take = (id: string): string | undefined => {
    if (taken.has(foldCase(id))) return undefined;
    taken.add(foldCase(id));
    return id;
  };
  const ids = items.map(({ id, path }) => {
    if (id === undefined) return undefined;
    const known = present.find((item) => foldCase(item.id) === foldCase(id))?.id;
    const own = take(known ?? id);
    if (own === undefined) report.ignore(`${path}.id`, 'is given twice; this item gets another');
    return own;
  });
  const takeOf = (isSame: (fields: Fields, item: Fields) => boolean): void => {
    for (const [index, { fields }] of items.entries()) {
      ids[index] ??= present.find(
        ({ id, ...item }) => !taken.has(foldCase(id)) && isSame(fields, item),
      )?.id;
      if (ids[index] !== undefined) taken.add(foldCase(ids[index]));
    }
  };
  takeOf((fields, item) => isDeepStrictEqual(tidy(fields), tidy(item)));
  takeOf((fields, item) => slugOf(section, fields) === slugOf(section, item));
  return items.map(({ fields }, index) => ({
    ...fields,
    id: ids[index] ?? newId(slugOf(section, fields), take),
  }));
}

function newId(slug: string, take: (id: string) => string | undefined): string {
  for (let count = 1; ; count += 1) {
    const id = take(count === 1 ? slug : `${slug}-${count}`);
    if (id !== undefined) return id;
  }
}

/** Letters of the Latin script that are not one with a mark. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** `acme-senior-engineer-2018`; what has letters of other scripts ends with a hash of them. */
function slugOf(section: ListSection, item: Fields): string {
  const { kind, fields } = IDENTITIES[section];
  const said = fields.map((field) => (typeof item[field] === 'string' ? item[field] : ''));
  // Where an item is dated, that is the last of its fields.
  const year = /date$/i.test(fields.at(-1) ?? '') ? (said.pop() ?? '').slice(0, 4) : '';
  const words = said.join(' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const latin = words.replace(/[ßæœøłđðþı]/g, (letter) => LATIN[letter] ?? letter);
  const slug = dashed(latin).slice(0, MAX_SLUG);
  const isWhole = /^\s*$/.test(words) || (slug !== '' && !/[^\p{ASCII}\P{L}]/u.test(latin));
  const hash = createHash('sha256').update(words.trim()).digest('hex').slice(0, 8);
  return dashed([slug || kind, isWhole ? '' : hash, year].join(' '));
}

function dashed(text: string): string {
  return text.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}
