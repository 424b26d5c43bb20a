import type { CvDocument } from '../cv-document';
import { type Address, type PersonalInfo, personalInfo } from '../sections/personal-info';
import { lineOf, partsOf } from '../sections/place';
import type { AppliedChange } from './applied-change';
import { check } from './check';

/**
 * Merges fields into personalInfo. `location` and `address` are the same place: whichever is given alone
 * decides on the other. An address is merged by its parts.
 */
export function writePersonalInfo(cv: CvDocument, data: unknown): AppliedChange {
  const given = check(personalInfo, data, 'data');
  const merged = { ...cv.personalInfo, ...given };
  const has = (field: string): boolean => Object.hasOwn(given, field);
  if (has('location') && !has('address')) merged.address = undefined;
  if (given.address !== undefined) {
    merged.address = { ...partsBefore(cv.personalInfo), ...given.address };
  }
  if (has('address') && !has('location')) {
    merged.location = merged.address && (lineOf(merged.address) || undefined);
  }
  if (isEmptyAddress(merged)) merged.address = undefined;
  // A line that is made of the parts may be longer than one that is given.
  return { cv: { ...cv, personalInfo: check(personalInfo, merged, 'data') }, ids: [] };
}

/** The parts of the place that are known so far. */
function partsBefore({ address, location }: PersonalInfo): Address {
  return address ?? (location === undefined ? {} : partsOf(location));
}

function isEmptyAddress({ address = {} }: PersonalInfo): boolean {
  return Object.keys(address).every((key) => address[key as keyof Address] === undefined);
}
