import { type CvDocument, isList, type Section } from '../cv-document';
import { CvError } from '../errors';
import type { AppliedChange } from './applied-change';
import { findId } from './check';
import { unsupported } from './unsupported';

/** The CV without the items (networks, repositories) that `ids` name. */
export function removeItems(
  cv: CvDocument,
  section: Section,
  ids: readonly string[],
): AppliedChange {
  const removed: string[] = [];
  const without = <Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): Entry[] => {
    const unwanted = requireKnown(section, ids, entries.map(idOf));
    return entries.filter((entry) => {
      if (!unwanted.includes(idOf(entry))) return true;
      removed.push(idOf(entry));
      return false;
    });
  };
  if (isList(section)) {
    const left = without<{ id: string }>(cv[section], ({ id }) => id);
    return { cv: { ...cv, [section]: left }, ids: removed };
  }
  switch (section) {
    case 'socialMedia': {
      const left = without(Object.entries(cv.socialMedia), ([network]) => network);
      return { cv: { ...cv, socialMedia: Object.fromEntries(left) }, ids: removed };
    }
    case 'github': {
      const repositories = without(cv.github?.repositories ?? [], ({ name }) => name);
      return { cv: { ...cv, github: cv.github && { ...cv.github, repositories } }, ids: removed };
    }
    case 'personalInfo':
      throw unsupported('delete', section);
  }
}

/**
 * The ids as they are spelled there.
 *
 * @throws {CvError} `UNKNOWN_ID` with each of `ids` that is not there.
 */
export function requireKnown(
  section: Section,
  ids: readonly string[],
  there: readonly string[],
): string[] {
  const unknown = ids.filter((id) => findId(there, id) === undefined);
  if (unknown.length === 0) return ids.flatMap((id) => findId(there, id) ?? []);
  throw new CvError(
    'UNKNOWN_ID',
    `${section} has no ${unknown.join(', ')}.`,
    unknown.map((id) => ({ path: 'data', message: `"${id}" is not there` })),
  );
}
