import { z } from 'zod';
import { type CvDocument, isList, type ListSection, type Section } from '../cv-document';
import { CvError } from '../errors';
import { inOrder } from '../in-order';
import { omit } from '../omit';
import { itemId } from '../sections/fields';
import type { AppliedChange } from './applied-change';
import { check, refuseRepeated } from './check';
import { requireKnown } from './remove-items';
import { unsupported } from './unsupported';
import { MAX_ITEMS } from './write-items';

const place = z.number().int('must be a whole number').min(1).max(MAX_ITEMS);
const movement = z.union(
  [
    z.strictObject({ id: itemId, position: place }),
    z.strictObject({ ids: z.array(itemId).min(1).max(MAX_ITEMS) }),
    z.strictObject({ by: z.literal('date') }),
  ],
  {
    error:
      'must be {"id": …, "position": 1} (1 is the first), {"ids": […]} in the order wanted, or {"by": "date"}',
  },
);

/**
 * Arranges a list by hand: one item to a position, or several to the front in the order given; `by`
 * date leaves the order to the dates again.
 */
export function moveItems(cv: CvDocument, section: Section, data: unknown): AppliedChange {
  if (section === 'personalInfo') throw unsupported('move', section);
  const wanted = check(movement, data, 'data');
  if ('by' in wanted) return byDate(cv, section);
  const ids = 'ids' in wanted ? wanted.ids : [wanted.id];
  refuseRepeated(ids);
  const position = 'ids' in wanted ? 1 : wanted.position;
  let known: string[] = [];
  const move = <Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): Entry[] => {
    known = requireKnown(section, ids, entries.map(idOf));
    const moved = known.flatMap((id) => entries.filter((entry) => idOf(entry) === id));
    const others = entries.filter((entry) => !moved.includes(entry));
    return [...others.slice(0, position - 1), ...moved, ...others.slice(position - 1)];
  };
  if (isList(section)) {
    const items = move<{ id: string }>(inOrder(cv)[section], ({ id }) => id);
    const arranged = [...new Set([...(cv.arranged ?? []), section])];
    return { cv: { ...cv, [section]: items, arranged }, ids: known };
  }
  if (section === 'socialMedia') {
    const accounts = move(Object.entries(cv.socialMedia), ([network]) => network);
    return { cv: { ...cv, socialMedia: Object.fromEntries(accounts) }, ids: known };
  }
  const repositories = move(cv.github?.repositories ?? [], ({ name }) => name);
  return { cv: { ...cv, github: cv.github && { ...cv.github, repositories } }, ids: known };
}

const WITHOUT_DATES: readonly Section[] = [
  'skills',
  'languages',
  'interests',
  'references',
  'socialMedia',
  'github',
];

function byDate(cv: CvDocument, section: Exclude<Section, 'personalInfo'>): AppliedChange {
  if (WITHOUT_DATES.includes(section)) {
    throw new CvError('UNSUPPORTED_OPERATION', `${section} has no dates to be ordered by.`);
  }
  const arranged = (cv.arranged ?? []).filter((name: ListSection) => name !== section);
  return {
    cv: inOrder({ ...omit(cv, 'arranged'), ...(arranged.length > 0 && { arranged }) }),
    ids: [],
  };
}
