import { isDeepStrictEqual } from 'node:util';
import { omit } from '../omit';
import { type CvDocument, LISTS, type ListSection } from '../cv-document';

/** What another CV makes of a section: ids of items, names of fields, networks or repositories. */
export interface SectionChange {
  section: string;
  added: string[];
  changed: string[];
  removed: string[];
  /** Whether what is in both stands in another order. */
  reordered: boolean;
}

/** The sections that differ, in the CV's order. */
export function compareCvs(before: CvDocument, after: CvDocument): SectionChange[] {
  const parts = (pick: (cv: CvDocument) => Readonly<Record<string, unknown>>) =>
    [Object.entries(pick(before)), Object.entries(pick(after))] as const;
  const lists = Object.keys(LISTS) as ListSection[];
  return [
    compare('personalInfo', ...parts(({ personalInfo }) => personalInfo), { ordered: false }),
    ...lists.map((section) => compare(section, entries(before, section), entries(after, section))),
    compare('github', repositories(before), repositories(after)),
    compare('socialMedia', ...parts(({ socialMedia }) => socialMedia)),
    compare('meta', ...parts(aboutIt), { ordered: false }),
  ].filter(({ added, changed, removed, reordered }) => {
    return reordered || added.length + changed.length + removed.length > 0;
  });
}

/** A value without the fields that say nothing, however they do. */
export function tidy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(tidy);
  const entries = Object.entries(value).map(([key, part]) => [key, tidy(part)] as const);
  return Object.fromEntries(entries.filter(([, part]) => !saysNothing(part)));
}

function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

type Entries = readonly (readonly [string, unknown])[];

function entries(cv: CvDocument, section: ListSection): Entries {
  const items: readonly { id: string }[] = cv[section];
  return items.map((item) => [item.id, item] as const);
}

function repositories({ github }: CvDocument): Entries {
  if (github === null) return [];
  const account = Object.entries(omit(github, 'repositories'));
  return [...account, ...github.repositories.map((item) => [item.name, item] as const)];
}

function aboutIt({ meta, arranged }: CvDocument): Record<string, unknown> {
  return { ...meta, ...(arranged !== undefined && { arranged }) };
}

function said(entries: Entries): Map<string, unknown> {
  const given = entries.filter(([, value]) => value !== undefined && value !== '');
  return new Map(given.map(([key, value]) => [key, tidy(value)]));
}

function compare(
  section: string,
  before: Entries,
  after: Entries,
  { ordered } = { ordered: true },
): SectionChange {
  const old = said(before);
  const now = said(after);
  const kept = [...now.keys()].filter((key) => old.has(key));
  return {
    section,
    added: [...now.keys()].filter((key) => !old.has(key)),
    changed: kept.filter((key) => !isDeepStrictEqual(old.get(key), now.get(key))),
    removed: [...old.keys()].filter((key) => !now.has(key)),
    reordered:
      ordered &&
      !isDeepStrictEqual(
        [...old.keys()].filter((key) => now.has(key)),
        kept,
      ),
  };
}
